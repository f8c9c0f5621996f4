interface Route {
  url: string;
  handler(request: object, reply: object): unknown;
}

/**
 * The script of the reference page, 4 MB. Its package is a plugin for servers that has the script
 * as a text in one of its routes; a build carries the text alone
 * (scripts/packaging/binary/standalone-script.ts), so that the package is none of its dependencies.
 */
export async function readStandaloneScript(): Promise<string> {
  const { default: plugin } = await import("@scalar/fastify-api-reference");
  const routes: Route[] = [];
  const server = { route: (route: Route) => void routes.push(route), initialConfig: {} };
  const register = plugin as unknown as (server: object, options: object, done: () => void) => void;
  register(server, { configuration: { url: "/" }, routePrefix: "/" }, () => undefined);
  let text = "";
  const reply = {
    header: () => reply,
    send(body: string) {
      text = body;
    },
  };
  routes.find(({ url }) => url.endsWith(".js"))?.handler({}, reply);
  if (text === "") throw new Error("The package of the page has no script where it had one.");
  return text;
}
