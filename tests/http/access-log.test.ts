import { describe, expect, it } from "@jest/globals";
import { withoutSecrets } from "../../src/http/access-log.ts";
import { cpuMillisecondsOf } from "../support/cpu-time.ts";

const JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJmb2xsb3dkIn0.abc-_DEF";

describe("withoutSecrets", () => {
  it.each([
    ["/user", "/user"],
    ["/users?since=1&per_page=2", "/users?since=1&per_page=2"],
    ["/users?", "/users?"],
    ["/users?search=a%26b&&x=", "/users?search=a%26b&&x="],
    ["/users?token", "/users?token"],
    ["/user?private_token=glpat-1", "/user?private_token=[cut]"],
    ["/user?access_token=1&a=b", "/user?access_token=[cut]&a=b"],
    ["/user?a=b&job_token=1=2", "/user?a=b&job_token=[cut]"],
    ["/user?token=1&token=2", "/user?token=[cut]&token=[cut]"],
    ["/user?Private_Token=1", "/user?Private_Token=[cut]"],
    ["/user?private_token[]=1", "/user?private_token[]=[cut]"],
    ["/user?private%5Ftoken=1", "/user?private%5Ftoken=[cut]"],
    ["/user?%70rivate_token=1", "/user?%70rivate_token=[cut]"],
    ["/user?private_%74oken%ff=1", "/user?private_%74oken%ff=[cut]"],
    ["/user?client_secret=1&password=2", "/user?client_secret=[cut]&password=[cut]"],
    ["/a?b?private_token=1", "/a?b?private_token=[cut]"],
    [`/user?q=${JWT}`, "/user?q=[cut]"],
    [`/users/${JWT}/followers?x=1`, "/users/[cut]/followers?x=1"],
    [
      `/a?url=https%3A%2F%2Fx%3Fprivate_token%3D${JWT}%26b`,
      "/a?url=https%3A%2F%2Fx%3Fprivate_token%3D[cut]%26b",
    ],
    ["http://mona:hunter2@example.test/user?a=b", "/user?a=b"],
    ["http://mona:hunter2@example.test", ""],
    ["http://mona:hunter2@example.test?token=1", ""],
    ["*", ""],
  ])("writes %s as %s", (url, shown) => expect(withoutSecrets(url)).toBe(shown));

  it.each(["eyJ", "eyJ.", "eyJa.", "eyJa.eyJ", "-eyJa-", "token=&", "%", "?", "&"])(
    "needs no time for 16 KiB of %j",
    (unit) => {
      const url = `/?${unit.repeat(16_384 / unit.length)}`;
      expect(cpuMillisecondsOf(() => withoutSecrets(url))).toBeLessThan(100);
    },
  );
});
