import { beforeEach, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import { stage } from "./stage.ts";

let now = Date.parse("2026-05-31T08:00:00Z");
const here = stage({ clock: () => now });

type Cast = Awaited<ReturnType<typeof here.cast>>;
let cast: Cast;
let ordinaryUser: User;
let asUser: Cast["asUser"];
beforeEach(async () => {
  now = Date.parse("2026-05-31T08:00:00Z");
  cast = await here.cast();
  ({ ordinaryUser, asUser } = cast);
});

const NONE = {
  emoji: null,
  message: null,
  availability: null,
  message_html: "",
  clear_status_at: null,
};
const message = (text: string) => ({ message: text });
const mine = async () => (await asUser.get("/user/status").expect(200)).body;

describe("the emoji of a status", () => {
  const TONES = [1, 2, 3, 4, 5];
  it("may have every name of GitLab's index", async () => {
    const { asUser } = cast;
    const names = [
      ...["slight_smile", "flag_us", "thumbsup_tone1", "iphone", "large_blue_circle", "ten"],
      ...["bride_with_veil", ...TONES.map((tone) => `bride_with_veil_tone${tone}`)],
      ...TONES.map((tone) => `wrestlers_tone${tone}`),
      ...["+1", "coffee", "tada"],
    ];
    for (const emoji of names) {
      const { body } = await asUser.put("/user/status").send({ emoji }).expect(200);
      expect(body.emoji).toBe(emoji);
    }
    const { body } = await asUser
      .put("/user/status")
      .send({ message: ":thumbsup_tone1:" })
      .expect(200);
    expect(body.message_html).toContain('data-name="thumbsup_tone1"');
    expect(body.message_html).toContain(">\u{1f44d}\u{1f3fb}</gl-emoji>");
    await asUser.put("/user/status").send({ emoji: "wrestlers_tone6" }).expect(400);
  });
});

describe("GET /user/status", () => {
  it("needs a token that may read users", async () => {
    await here.anyone.get("/user/status").expect(401, message("401 Unauthorized"));
    const other = await here.as(ordinaryUser, "read_registry");
    expect((await other.get("/user/status").expect(403)).body.error).toBe("insufficient_scope");
    await (await here.as(ordinaryUser, "read_user")).get("/user/status").expect(200);
  });

  it("136: has null members where none is set", async () => {
    const { body, text } = await asUser.get("/user/status").expect(200);
    expect(body).toEqual(NONE);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(NONE));
  });
});

describe("GET /users/{user_id}/status", () => {
  it("answers 404 for an unknown name or id", async () => {
    for (const name of ["missing", "999999", "0", "99999999999999999999"]) {
      await here.anyone.get(`/users/${name}/status`).expect(404, message("404 User Not Found"));
    }
  });

  it("136: is for everybody, by number and by name in any case", async () => {
    for (const name of [ordinaryUser.id, "una", "UNA"]) {
      await here.anyone.get(`/users/${name}/status`).expect(200, NONE);
    }
    await asUser.put("/user/status").send({ message: "hi" }).expect(200);
    for (const client of [here.anyone, cast.asOther]) {
      const { body } = await client.get("/users/Una/status").expect(200);
      expect(body).toMatchObject({ emoji: "speech_balloon", message: "hi" });
    }
  });

  it("shows that of private people, and finds names with dots", async () => {
    await cast.asPrivate.put("/user/status").send({ message: "hi" }).expect(200);
    expect((await here.anyone.get("/users/petra/status").expect(200)).body.message).toBe("hi");
    await here.user("with.dot");
    await here.anyone.get("/users/with.dot/status").expect(200, NONE);
  });
});

describe.each(["put", "patch"] as const)("changing the status by %s", (method) => {
  it("needs a token with the scope api", async () => {
    await here.anyone[method]("/user/status").send({ emoji: "coffee" }).expect(401);
    const reader = await here.as(ordinaryUser, "read_api", "read_user");
    await reader[method]("/user/status").send({ emoji: "coffee" }).expect(403);
    expect(await mine()).toEqual(NONE);
  });

  it("138: refuses what is no emoji", async () => {
    await asUser[method]("/user/status")
      .send({ emoji: "nope" })
      .expect(400, { message: { emoji: ["is not a valid emoji name"] } });
  });

  it("141: refuses other times and long messages", async () => {
    for (const after of ["invalid", "", 7]) {
      await asUser[method]("/user/status")
        .send({ clear_status_after: after })
        .expect(400, { error: "clear_status_after does not have a valid value" });
    }
    await asUser[method]("/user/status")
      .send({ message: "x".repeat(101), emoji: "nope" })
      .expect(400, {
        message: {
          emoji: ["is not a valid emoji name"],
          message: ["is too long (maximum is 100 characters)"],
        },
      });
    expect(await mine()).toEqual(NONE);
    await asUser[method]("/user/status")
      .send({ message: "x".repeat(100) })
      .expect(200);
  });

  it("takes no lists", async () => {
    await asUser[method]("/user/status")
      .send({ emoji: ["coffee"], message: {} })
      .expect(400, { error: "emoji is invalid, message is invalid" });
  });

  it("137: keeps it for a time", async () => {
    const wanted = { emoji: "coffee", message: "Brewing", clear_status_after: "3_hours" };
    const expected = {
      emoji: "coffee",
      message: "Brewing",
      availability: "not_set",
      message_html: "Brewing",
      clear_status_at: "2026-05-31T11:00:00.000Z",
    };
    expect((await asUser[method]("/user/status").send(wanted).expect(200)).body).toEqual(expected);
    now += 3 * 3_600_000 - 1;
    expect(await mine()).toEqual(expected);
    now += 1;
    expect(await mine()).toEqual(NONE);
  });

  it.each([
    ["30_minutes", "2026-05-31T08:30:00.000Z"],
    ["8_hours", "2026-05-31T16:00:00.000Z"],
    ["1_day", "2026-06-01T08:00:00.000Z"],
    ["3_days", "2026-06-03T08:00:00.000Z"],
    ["7_days", "2026-06-07T08:00:00.000Z"],
    ["30_days", "2026-06-30T08:00:00.000Z"],
  ])("clears it after %s", async (after, expected) => {
    const wanted = { message: "hi", clear_status_after: after };
    const { body } = await asUser[method]("/user/status").send(wanted).expect(200);
    expect(body.clear_status_at).toBe(expected);
  });

  it("138: puts an emoji beside a message alone", async () => {
    const { body } = await asUser[method]("/user/status").send({ message: "hi" }).expect(200);
    expect(body).toMatchObject({ emoji: "speech_balloon", message: "hi" });
  });

  it("counts busy as something to say, and other words for nothing", async () => {
    const { body } = await asUser[method]("/user/status")
      .send({ availability: "busy" })
      .expect(200);
    expect(body).toMatchObject({ availability: "busy", message: null });
    const odd = { message: "hi", availability: "sleeping" };
    const { body: kept } = await asUser[method]("/user/status").send(odd).expect(200);
    expect(kept.availability).toBe(method === "put" ? "not_set" : "busy");
  });

  it("writes markup so that it is none", async () => {
    const wanted = { message: `<b>"&' :nope:` };
    const { body } = await asUser[method]("/user/status").send(wanted).expect(200);
    expect(body.message).toBe(wanted.message);
    expect(body.message_html).toBe("&lt;b&gt;&quot;&amp;&#39; :nope:");
  });

  // The first is the example of the vendor's page, the versions of the others are Unicode's.
  it.each([
    ["coffee", "hot beverage", "4.0", "☕"],
    ["tada", "party popper", "6.0", "🎉"],
    ["+1", "thumbs up", "6.0", "👍"],
    ["leftwards_arrow_with_hook", "right arrow curving left", "1.1", "↩️"],
    ["hash", "keycap: #", "3.0", "#️⃣"],
    ["rainbow_flag", "rainbow flag", "7.0", "🏳️‍🌈"],
    ["wireless", "wireless", "15.0", "🛜"],
  ])("shows :%s: as an emoji", async (name, title, since, emoji) => {
    const wanted = { emoji: "coffee", message: `I crave :${name}:` };
    const { body } = await asUser[method]("/user/status").send(wanted).expect(200);
    expect(body.message_html).toBe(
      `I crave <gl-emoji title="${title}" data-name="${name}" data-unicode-version="${since}">` +
        `${emoji}</gl-emoji>`,
    );
  });
});

describe("PUT /user/status", () => {
  const set = (body: object) => asUser.put("/user/status").send(body).expect(200);

  it.each([
    {},
    { emoji: null, message: null },
    { emoji: "", message: " " },
    { clear_status_after: "1_day" },
    { availability: "not_set" },
  ])("139: takes it away with %j", async (body) => {
    await set({ message: "hi" });
    const answer = await set(body);
    expect(answer.text).toBe("null");
    expect(await mine()).toEqual(NONE);
  });

  it("140: clears what is not given", async () => {
    await set({ message: "hi", availability: "busy", clear_status_after: "1_day" });
    expect((await set({ emoji: "coffee" })).body).toEqual({
      ...NONE,
      emoji: "coffee",
      availability: "not_set",
    });
  });
});

describe("PATCH /user/status", () => {
  const set = (body: object) => asUser.patch("/user/status").send(body).expect(200);

  it("139: changes nothing without anything it knows, and says null", async () => {
    await set({ message: "hi" });
    for (const body of [{}, { unknown: 1 }]) expect((await set(body)).text).toBe("null");
    expect((await mine()).message).toBe("hi");
  });

  it("140: keeps what is not given", async () => {
    await set({ message: "hi", availability: "busy", clear_status_after: "1_day" });
    const { body } = await set({ emoji: "coffee" });
    expect(body).toMatchObject({
      emoji: "coffee",
      message: "hi",
      availability: "busy",
      clear_status_at: "2026-06-01T08:00:00.000Z",
    });
    expect((await set({ clear_status_after: null })).body.clear_status_at).toBeNull();
    expect((await mine()).message).toBe("hi");
  });

  it("keeps nothing of one that is over", async () => {
    await set({ message: "hi", clear_status_after: "30_minutes" });
    now += 1_800_000;
    expect((await set({ emoji: "coffee" })).body).toMatchObject({
      message: null,
      clear_status_at: null,
    });
  });

  it("takes it away when nothing is left", async () => {
    await set({ emoji: "coffee", message: "hi" });
    expect((await set({ emoji: null, message: null })).text).toBe("null");
    expect(await mine()).toEqual(NONE);
  });
});
