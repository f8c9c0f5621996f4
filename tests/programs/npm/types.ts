import { type Followd, type Seed, type StartOptions, start } from "followd";

const seed: Seed = {
  users: ["ann", { username: "bob", admin: true }],
  follows: [["ann", "bob"]],
  tokens: [{ username: "ann", scopes: ["user"] }],
};
const options: StartOptions = { seed, settings: { privateMode: true, rateLimit: 60 } };

export async function use(): Promise<string> {
  const server: Followd = await start(options);
  const token: string = await server.tokenFor("ann", ["read:user"]);
  await server.reset();
  await server.stop();
  return server.url + token;
}

// @ts-expect-error A setting that is none.
export const wrong: StartOptions = { settings: { privteMode: true } };
// @ts-expect-error A follow names two users.
export const alone: Seed = { follows: [["ann"]] };
