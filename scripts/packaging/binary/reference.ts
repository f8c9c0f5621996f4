// What a bundle has in place of the package of the reference page. That package is a script of
// megabytes as a text, which V8 would have to read at every start for a page that few look at.
import { assetOf } from "./asset.ts";
import { REFERENCE } from "./names.ts";

interface Server {
  route(route: { url: string; handler(request: object, reply: Reply): unknown }): void;
}

interface Reply {
  send(body: string): unknown;
}

/** As the package does it: gives a server the routes of the page, of which the script is one. */
export function register(server: Server): void {
  server.route({
    url: `/${REFERENCE}`,
    handler: (_, reply) => reply.send(String(assetOf(REFERENCE))),
  });
}
