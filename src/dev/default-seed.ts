import type { Seed } from "./seed-types.ts";

/** Those whom the vendors' pages have in their examples, and an administrator. */
export const DEFAULT_SEED: Seed = {
  users: [
    { username: "root", name: "Administrator", email: "root@localhost", admin: true },
    {
      username: "octocat",
      name: "The Octocat",
      email: "octocat@github.com",
      location: "San Francisco",
      organization: "@github",
      websiteUrl: "https://github.blog",
    },
    { username: "defunkt", name: "Chris Wanstrath", location: "San Francisco" },
    { username: "mojombo", name: "Tom Preston-Werner", location: "San Francisco" },
    { username: "hubot", name: "Hubot" },
    { username: "john_smith", name: "John Smith", email: "john@example.com" },
    { username: "jack_smith", name: "Jack Smith", email: "jack@example.com" },
  ],
  follows: [
    ["defunkt", "octocat"],
    ["mojombo", "octocat"],
    ["hubot", "octocat"],
    ["mojombo", "defunkt"],
    ["octocat", "defunkt"],
    ["jack_smith", "john_smith"],
  ],
  tokens: ["root", "octocat", "john_smith"],
};
