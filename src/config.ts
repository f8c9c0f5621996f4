/** How an operator wants the program to run. */
export interface Config {
  data: string;
  host: string;
  port: number;
  keyFile: string | undefined;
  publicUrl: string | undefined;
  trustedProxies: string[];
  privateMode: boolean;
  githubVersion: string;
  githubRoot: boolean;
  rateLimit: number;
  rateLimitAnonymous: number;
  rateLimitWrites: number;
  logLevel: string;
  accessLog: boolean;
  pageCacheMb: number;
  fragmentCacheMb: number;
  metricsToken: string | undefined;
}

export const defaultConfig: Config = {
  data: "./data",
  host: "127.0.0.1",
  port: 3000,
  keyFile: undefined,
  publicUrl: undefined,
  trustedProxies: [],
  privateMode: false,
  githubVersion: "3.15.0",
  githubRoot: true,
  rateLimit: 0,
  rateLimitAnonymous: 60,
  rateLimitWrites: 0,
  logLevel: "info",
  accessLog: true,
  pageCacheMb: 32,
  fragmentCacheMb: 32,
  metricsToken: undefined,
};
