import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProgress } from "../../../src/cli/progress.ts";
import { defaultConfig } from "../../../src/config/config.ts";
import { issue } from "../../../src/domain/credentials/tokens.ts";
import { byUsername } from "../../../src/domain/users/users.ts";
import { importFollows } from "../../../src/import/load-follows.ts";
import { openData } from "../../../src/server/data-directory.ts";
import { type Cluster, startCluster } from "../../postgres/cluster.ts";
import { makeKey } from "../../postgres/key.ts";
import { drawGraph } from "../graph/graph.ts";
import { measure, type Scene } from "../graph/measure.ts";

const TEMPLATE = "dev-{id}";
const SEED = 1;
/** What a server of 8 GB would be given; the defaults are those of a small machine. */
const SETTINGS = ["shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min"];

export interface Size {
  users: number;
  follows: number;
}

const round = (value: number): string => Math.round(value).toLocaleString("en");

/**
 * Loads a graph as people make one through the importer into a durable cluster, prints rate, bytes
 * and what one node on it takes for pages, changes and searches, and removes all of it.
 */
export async function measureGraph({ users, follows }: Size): Promise<void> {
  const cluster = await startCluster({ durable: true, settings: SETTINGS });
  const folder = mkdtempSync(join(tmpdir(), "followd-graph-"));
  try {
    makeKey(folder);
    const scene = await load(cluster, folder, { users, follows });
    printBytes(cluster, follows);
    const lines = await measure(scene);
    console.log("\n| request | p50 ms | p99 ms |\n| --- | --- | --- |");
    for (const { what, p50, p99 } of lines) {
      console.log(`| ${what} | ${p50.toFixed(2)} | ${p99.toFixed(2)} |`);
    }
  } finally {
    cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function load(cluster: Cluster, folder: string, size: Size): Promise<Scene> {
  const config = { ...defaultConfig, data: folder, database: cluster.url };
  const { store } = await openData(config, { mayCreate: true });
  const progress = await openProgress();
  try {
    const staged = drawGraph({ ...size, seed: SEED }, progress.show);
    const begun = performance.now();
    const made = await importFollows(store, staged, {
      createUsers: TEMPLATE,
      onProgress: progress.show,
    });
    const seconds = (performance.now() - begun) / 1000;
    progress.close();
    console.log(
      `${round(made.usersMade)} users and ${round(made.added)} follows imported in ` +
        `${seconds.toFixed(1)} s: ${round(made.added / seconds)} follows/s with users, indexes, ` +
        "keys and counters",
    );
    const celebrity = await byUsername(store, TEMPLATE.replace("{id}", "1"));
    const { id: userId } = await byUsername(store, "root");
    const [token] = await issue(store, { userId, name: "measure", scopes: ["user", "api"] });
    const flags = ["--database", cluster.url];
    return { folder, users: size.users, celebrity, token, seed: SEED, flags };
  } finally {
    progress.close();
    await store.engine.close();
  }
}

/** Bytes of each table and index, for each follow of them all. */
function printBytes(cluster: Cluster, follows: number): void {
  const sql = `select c.relname || '|' || pg_relation_size(c.oid) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'i') and pg_relation_size(c.oid) > 1000000
    order by pg_relation_size(c.oid) desc`;
  const listing = cluster.run("psql", "-d", cluster.url, "-Atqc", sql).trim().split("\n");
  console.log("\n| table or index | MB | bytes a follow |\n| --- | --- | --- |");
  for (const line of listing) {
    const [name = "", bytes = "0"] = line.split("|");
    const each = name.startsWith("follows") ? (Number(bytes) / follows).toFixed(1) : "";
    console.log(`| ${name} | ${(Number(bytes) / 2 ** 20).toFixed(0)} | ${each} |`);
  }
}
