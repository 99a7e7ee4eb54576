import type { ServerResponse } from "node:http";
import type { World } from "../world.ts";

/** Tells an open page that something changed; what changed it fetches itself. Ends when the page goes away. */
export function streamChanges(world: World, response: ServerResponse): void {
	response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
	response.write("retry: 500\n\n");
	const stop = world.onChange(() => response.write("data: changed\n\n"));
	response.on("close", stop);
}
