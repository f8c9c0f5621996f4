import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import { folders, followd } from "../cli/program.ts";
import { servers } from "../cli/serving.ts";

const folder = folders();
const serve = servers(folder);

/** The same steps in each client: follow, look who is followed, search, add a key, read the limits. */
const PYTHON = `
import os
from github import Github
github = Github(os.environ["TOKEN"], base_url=os.environ["BASE"])
user = github.get_user()
user.add_to_following(github.get_user("mona"))
user.create_key("laptop", os.environ["KEY"])
print([each.login for each in user.get_following()])
print([each.login for each in github.search_users("mona", sort="followers")])
print([key.title for key in user.get_keys()])
print(github.get_rate_limit().search.limit, list(user.get_repos()), list(user.get_orgs()))
`;

const RUBY = `
require "octokit"
client = Octokit::Client.new(access_token: ENV["TOKEN"], api_endpoint: ENV["BASE"])
client.follow("mona")
client.add_key("laptop", ENV["KEY"])
p client.following("octocat").map(&:login)
p client.search_users("mona", sort: "followers").items.map(&:login)
p client.keys.map(&:title)
p client.rate_limit.limit, client.user("octocat").rels[:repos].get.data, client.organizations("mona")
`;

const PERL = `
use Net::GitHub::V3;
my $client = Net::GitHub::V3->new(access_token => $ENV{TOKEN}, api_url => $ENV{BASE}, RaiseError => 1);
$client->user->follow('mona');
$client->user->create_key({ title => 'laptop', key => $ENV{KEY} });
print join(',', map { $_->{login} } $client->user->following('octocat')), "\\n";
print join(',', map { $_->{login} } @{ $client->search->users({ q => 'mona' })->{items} }), "\\n";
print join(',', map { $_->{title} } $client->user->keys), "\\n";
`;

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";

const CLIENTS = [
  ["PyGithub", "/usr/bin/python3", "-c", PYTHON, "['mona']\n['mona']\n['laptop']\n30 [] []\n"],
  ["octokit.rb", "ruby", "-e", RUBY, '["mona"]\n["mona"]\n["laptop"]\n1000\n[]\n[]\n'],
  ["Net::GitHub", "perl", "-e", PERL, "mona\nmona\nlaptop\n"],
] as const;

describe.each(["3.15", "3.22"])("with --github-version %s, Debian's", (version) => {
  it.each(CLIENTS)(
    "%s follows, searches, adds a key",
    async (_, program, flag, script, expected) => {
      const server = await serve(["--github-version", version, "--rate-limit", "1000"]);
      for (const name of ["octocat", "mona"]) {
        const words = ["user", "create", name, "--email", `${name}@example.test`];
        expect((await followd([...words, "--data", server.data])).code).toBe(0);
      }
      const scope = "user,repo,admin:public_key";
      const words = ["token", "create", "octocat", "--scope", scope, "--data", server.data];
      const TOKEN = (await followd(words)).stdout.trim();
      const BASE = `http://127.0.0.1:${server.port}/api/v3`;
      const child = spawn(program, [flag, script], { env: { ...process.env, TOKEN, BASE, KEY } });
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close") as Promise<[number | null]>,
      ]);
      expect({ code, stdout, stderr: code === 0 ? "" : stderr }).toEqual({
        ...{ code: 0, stdout: expected, stderr: "" },
      });
    },
  );
});
