import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A way to a database that can lose an answer: what was sent has arrived, and the connection is cut. */
export class Wire {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #url: URL;
  /** The word that ends the answer to be lost. */
  #losing: string | undefined;
  /** Answers that were lost. */
  lost = 0;

  private constructor(url: string) {
    this.#url = new URL(url);
    this.#server = createServer((near) => {
      const far = connect(Number(this.#url.port), this.#url.hostname);
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => {
          this.#open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      let swallowed = "";
      far.on("data", (chunk: Buffer) => {
        if (this.#losing === undefined) return void near.write(chunk);
        // Until the end of the answer, so that all of what was sent has arrived.
        swallowed += chunk.toString("latin1");
        if (!swallowed.includes(this.#losing)) return;
        this.#losing = undefined;
        this.lost += 1;
        near.destroy();
      });
    });
  }

  static async to(url: string): Promise<Wire> {
    const wire = new Wire(url);
    wire.#server.listen(0, "127.0.0.1");
    await once(wire.#server, "listening");
    return wire;
  }

  /** The address of the database by this way. */
  get url(): string {
    const url = new URL(this.#url);
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** The next answer of the database that has this word, as its tag of a command, does not arrive. */
  loseAnswer(tag: "COMMIT" | "SELECT"): void {
    this.#losing = tag;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
