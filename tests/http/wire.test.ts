import { Agent } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "@jest/globals";
import { ask } from "./wire.ts";

/** Answers the first request of each connection, and resets the connection instead of answering others. */
const server = createServer((socket: Socket) => {
  socket.on("error", () => undefined);
  socket.once("data", () => {
    socket.write("HTTP/1.1 204 No Content\r\n\r\n");
    socket.once("data", () => socket.resetAndDestroy());
  });
});
afterEach(() => void server.close());

it("a request on a kept connection that the server closes goes by another one", async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let turn = 0; turn < 2; turn += 1) {
      expect((await ask(url, agent, { method: "GET", path: "/" })).status).toBe(204);
    }
  } finally {
    agent.destroy();
  }
});
