// A page of somebody else: served from another origin than the playground, as a documentation is.
import { createServer } from "node:http";

/**
 * Serves these pages, by path: texts, HTML unless the path ends otherwise. Returns the address, which ends in a slash,
 * and how to stop it.
 */
export async function host(pages) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const page = pages[pathname];
    if (page === undefined) {
      // A browser asks for an icon by itself.
      response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
      return;
    }
    const type = pathname.endsWith(".yaml") ? "text/plain" : "text/html";
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(page);
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}
