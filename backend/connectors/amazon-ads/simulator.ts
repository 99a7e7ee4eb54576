import { type SimulatorServer, startSimulatorServer } from "../simulator-server.ts";
import { answer, isListing } from "./simulator/answer.ts";
import { answerControl } from "./simulator/control.ts";
import type { OAuthClient } from "./simulator/login.ts";
import { throttledReply } from "./simulator/refusal.ts";
import { type ProfileSeed, World } from "./simulator/world.ts";

export type AmazonSimulatorOptions = {
	/** 0, the default, takes a free one. */
	port?: number;
	/** Access tokens of the first account, with every scope. */
	tokens?: readonly string[];
	clients?: readonly OAuthClient[];
	profiles?: readonly ProfileSeed[];
};

export type AmazonSimulator = SimulatorServer & { world: World };

/**
 * A strict stand-in for Login with Amazon, the advertising interface of three regions (`/na`, `/eu`, `/fe`) and the store of reports on one
 * address: enforces what is documented, fails on demand.
 */
export async function startAmazonSimulator(options: AmazonSimulatorOptions = {}): Promise<AmazonSimulator> {
	let address = "";
	const world = new World(() => address);
	for (const token of options.tokens ?? []) world.login.plant(token);
	for (const client of options.clients ?? []) world.login.register(client);
	world.profiles.push(...(options.profiles ?? []));
	const server = await startSimulatorServer({
		answer: (request) =>
			request.pathname.startsWith("/__control/") ? answerControl(world, request) : answer(world, request),
		writesRows: isListing,
		port: options.port ?? 0,
		throttled: throttledReply,
	});
	address = server.url;
	return { ...server, world };
}
