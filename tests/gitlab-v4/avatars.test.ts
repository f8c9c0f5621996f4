import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { identicon } from "../../src/domain/profile/identicon.ts";
import { BMP, bomb, GIF, ICO, JPEG, PNG, TIFF, WEBP } from "./pictures.ts";
import { stage } from "./stage.ts";

const here = stage();

const UNSUPPORTED =
  "Avatar file format is not supported. Please try one of the following supported formats: png, jpg, jpeg, gif, bmp, tiff, ico, webp";
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

/** One of the contract's people, and how they send a picture. */
async function cast() {
  const store = await here.cast();
  const put = (bytes: Buffer, name: string) =>
    store.asUser.put("/user/avatar").attach("avatar", bytes, name);
  const get = (path: string) => request(here.origin).get(path);
  return { ...store, put, get, path: `/uploads/-/system/user/avatar/${store.ordinaryUser.id}` };
}

describe("GET /avatar", () => {
  it("needs an address, and no caller", async () => {
    await here.anyone.get("/avatar").expect(400, { error: "email is missing" });
    const odd = here.anyone.get("/avatar?email=x&size=big");
    await odd.expect(400, { error: "size is invalid" });
    await here.anyone.get("/avatar?email=x").expect(200);
  });

  it("answers the avatar of the user whose public address it is, in any case", async () => {
    const { asUser, ordinaryUser, put, path } = await cast();
    await here.change(ordinaryUser, { publicEmail: "una@example.test" });
    const avatarOf = async (query: string) =>
      (await here.anyone.get(`/avatar?email=${query}`).expect(200)).body as object;
    const drawn = `${here.origin}/avatars/u/${ordinaryUser.id}?s=80&d=identicon`;
    expect(await avatarOf("Una@Example.test")).toEqual({ avatar_url: drawn });
    const small = drawn.replace("s=80", "s=64");
    expect(await avatarOf("una@example.test&size=32")).toEqual({ avatar_url: small });
    await put(PNG, "una.png").expect(200);
    const uploaded = { avatar_url: `${here.origin}${path}/una.png` };
    expect((await asUser.get("/avatar?email=una@example.test").expect(200)).body).toEqual(uploaded);
  });

  it("answers the picture of no user for every other address, private ones too", async () => {
    const { get } = await cast();
    for (const email of ["una@example.test", "unknown@example.test", "", "x"]) {
      const { body } = await here.anyone.get(`/avatar?email=${email}`).expect(200);
      expect(body).toEqual({ avatar_url: `${here.origin}/avatars/u/0?s=80&d=identicon` });
    }
    const { headers } = await get("/avatars/u/0?s=80&d=identicon").expect(200);
    expect(headers["content-type"]).toBe("image/png");
  });
});

describe("GET /avatar in private mode", () => {
  const closed = stage({ config: { privateMode: true } });

  it("refuses anonymous callers", async () => {
    const refused = { message: "403 Forbidden - Unauthorized access" };
    await closed.anyone.get("/avatar?email=x").expect(403, refused);
    const { asUser } = await closed.cast();
    await asUser.get("/avatar?email=x").expect(200);
  });
});

describe("PUT /user/avatar", () => {
  it("143: needs a token with the scope api", async () => {
    const { ordinaryUser } = await cast();
    await here.anyone.put("/user/avatar").attach("avatar", PNG, "a.png").expect(401);
    const reader = await here.as(ordinaryUser, "read_user");
    const { status, body } = await reader.put("/user/avatar").attach("avatar", PNG, "a.png");
    expect([status, body.error]).toEqual([403, "insufficient_scope"]);
  });

  it("143: wants a file", async () => {
    const { asUser } = await cast();
    await asUser.put("/user/avatar").expect(400, { error: "avatar is missing" });
    await asUser.put("/user/avatar").send({}).expect(400, { error: "avatar is missing" });
    await asUser.put("/user/avatar").attach("file", PNG, "a.png").expect(400, {
      error: "avatar is missing",
    });
    await asUser
      .put("/user/avatar")
      .send({ avatar: "a.png" })
      .expect(400, { error: "avatar is invalid" });
    await asUser
      .put("/user/avatar")
      .field("avatar", "a.png")
      .expect(400, { error: "avatar is invalid" });
  });

  it("143: refuses more than 200 KiB", async () => {
    const { put } = await cast();
    const message = "Avatar is too big (should be at most 200 KiB)";
    await put(Buffer.concat([PNG, Buffer.alloc(204_801 - PNG.length)]), "a.png").expect(400, {
      message,
    });
    await put(Buffer.concat([PNG, Buffer.alloc(204_800 - PNG.length)]), "a.png").expect(200);
  });

  it("143: refuses what is far too big in the same words, and at last unread", async () => {
    const { put } = await cast();
    const message = "Avatar is too big (should be at most 200 KiB)";
    const photo = Buffer.concat([PNG, Buffer.alloc(5 * 2 ** 20)]);
    await put(photo, "a.png").expect(400, { message });
    const film = Buffer.concat([PNG, Buffer.alloc(17 * 2 ** 20)]);
    await put(film, "a.png").expect(413, { message: "413 Request Entity Too Large" });
  });

  it("143: reads a form whose lines end as Perl's client ends them", async () => {
    const { asUser, put } = await cast();
    const send = (bytes: Buffer) => {
      const head = '--xyz\nContent-Disposition: form-data; name="avatar"; filename="a.png"\n\n';
      const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from("\n--xyz--\n")]);
      return asUser.put("/user/avatar").type("multipart/form-data; boundary=xyz").send(body);
    };
    const { body } = await send(GIF).expect(200);
    expect(body.avatar_url).toMatch(/\/a\.png$/);
    const other = await request(body.avatar_url).get("").responseType("blob");
    expect(Buffer.compare(other.body, GIF)).toBe(0);
    await send(SVG).expect(400, { message: UNSUPPORTED });
    await put(GIF, "a.png").expect(200);
  });

  it.each([
    ["a page", Buffer.from("<!doctype html><script>alert(1)</script>"), "a.png"],
    ["a drawing with a script", SVG, "a.svg"],
    ["a drawing with another name", SVG, "a.png"],
    ["a document", Buffer.from("%PDF-1.7\n"), "a.png"],
    ["text", Buffer.from("hello"), "a.png"],
    ["nothing", Buffer.alloc(0), "a.png"],
    ["a picture with another ending", PNG, "a.exe"],
    ["a picture without an ending", PNG, "png"],
    ["a picture that breaks off", PNG.subarray(0, 12), "a.png"],
    ["a picture that fills the memory", bomb(), "a.png"],
    ["a picture that is a page too", Buffer.concat([GIF, SVG]), "a.gif"],
    ["a picture that is an archive too", Buffer.concat([PNG, Buffer.from("PK\x05\x06")]), "a.png"],
  ])("143: refuses %s", async (_what, bytes, name) => {
    const { put } = await cast();
    const { status, body } = await put(bytes, name);
    expect([status, body]).toEqual([400, { message: UNSUPPORTED }]);
    expect((await here.named("una")).avatar).toBeNull();
  });

  it.each([
    ["png", PNG, "image/png"],
    ["PNG", PNG, "image/png"],
    ["gif", GIF, "image/gif"],
    ["jpg", JPEG, "image/jpeg"],
    ["jpeg", JPEG, "image/jpeg"],
    ["webp", WEBP, "image/webp"],
    ["bmp", BMP, "image/bmp"],
    ["ico", ICO, "image/x-icon"],
    ["tiff", TIFF, "image/tiff"],
    ["png", GIF, "image/gif"],
  ])("143: takes .%s", async (ending, bytes, type) => {
    const { put, get, path } = await cast();
    const { status, body } = await put(bytes, `me.${ending}`);
    expect([status, body]).toEqual([200, { avatar_url: `${here.origin}${path}/me.${ending}` }]);
    const shown = await get(`${path}/me.${ending}`).responseType("blob");
    expect([shown.status, shown.headers["content-type"]]).toEqual([200, type]);
    expect(Buffer.compare(shown.body, bytes)).toBe(0);
  });

  it("143: shows the new picture wherever the user is listed", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser, put, path } = await cast();
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    await asAdmin.get(`/users/${otherUser.id}/followers`).expect(200);
    await put(PNG, "one.png").expect(200);
    const { body } = await asAdmin.get(`/users/${otherUser.id}/followers`);
    expect(body[0]).toMatchObject({
      id: ordinaryUser.id,
      avatar_url: `${here.origin}${path}/one.png`,
    });
  });

  it("143: makes a name that can stand in a path", async () => {
    const { put, get, path } = await cast();
    const { body } = await put(PNG, "Bild von mir (1).png");
    expect(body.avatar_url).toBe(`${here.origin}${path}/Bild_von_mir__1_.png`);
    await get(`${path}/Bild_von_mir__1_.png`).expect(200);
    const dotted = await put(PNG, "../.png");
    expect(dotted.body.avatar_url).toBe(`${here.origin}${path}/_png`);
  });

  it("143: takes the picture away for a null", async () => {
    const { asUser, ordinaryUser, put, get, path } = await cast();
    await put(PNG, "a.png").expect(200);
    const { body } = await asUser.put("/user/avatar").send({ avatar: null });
    expect(body.avatar_url).toContain(`/avatars/u/${ordinaryUser.id}?`);
    await get(`${path}/a.png`).expect(404);
  });
});

describe("GET /uploads/-/system/user/avatar/:id/:file", () => {
  it("answers 404 for any file but the current avatar", async () => {
    const { otherUser, put, get, path } = await cast();
    await get(`${path}/a.png`).expect(404, { error: "404 Not Found" });
    await put(PNG, "a.png");
    await get(`${path}/b.png`).expect(404);
    await get(`${path}/a%2epng%00`).expect(404);
    await get(`/uploads/-/system/user/avatar/${otherUser.id}/a.png`).expect(404);
    await get("/uploads/-/system/user/avatar/abc/a.png").expect(404);
    await put(PNG, "b.png");
    await get(`${path}/a.png`).expect(404);
  });

  it("serves it as a picture that can do nothing", async () => {
    const { put, get, path } = await cast();
    await put(GIF, "a.png");
    const { headers } = await get(`${path}/a.png`);
    expect(headers).toMatchObject({
      "content-type": "image/gif",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-disposition": "inline",
      "cache-control": "public, max-age=300",
    });
    await get(`${path}/a.png`).set("If-None-Match", String(headers.etag)).expect(304);
  });

  it("shows it in place of the drawn one", async () => {
    const { ordinaryUser, asAdmin, put, get } = await cast();
    const drawn = `/avatars/u/${ordinaryUser.id}`;
    const before = await get(`${drawn}?s=8`);
    expect(Buffer.compare(before.body, identicon(ordinaryUser.id, 8))).toBe(0);
    await put(GIF, "a.gif");
    const after = await get(`${drawn}?s=8`).responseType("blob");
    expect(Buffer.compare(after.body, GIF)).toBe(0);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ avatar: null }).expect(200);
    const again = await get(`${drawn}?s=8`);
    expect(again.headers.etag).toBe(before.headers.etag);
  });

  it("goes with the user", async () => {
    const { asAdmin, ordinaryUser, put, get, path } = await cast();
    await put(PNG, "a.png");
    await asAdmin.delete(`/users/${ordinaryUser.id}`).expect(204);
    await get(`${path}/a.png`).expect(404);
  });
});

describe("PUT /users/:id with an avatar", () => {
  it("111: changes it together with the rest", async () => {
    const { asAdmin, ordinaryUser, path } = await cast();
    const { body } = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .field("bio", "b")
      .attach("avatar", PNG, "x.png");
    expect([body.bio, body.avatar_url]).toEqual(["b", `${here.origin}${path}/x.png`]);
  });
});
