import { Elysia } from "elysia";
import type { Logger } from "pino";
import { SheafError } from "../../errors.ts";
import { shapeQuery } from "../../live/shape-query.ts";
import { metrics } from "../../telemetry/metrics.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";
import { type Watch, watchStanding, withEnd } from "./until-doubt.ts";

/** Passed on with a shape; everything else is between Electric and this process. `location` would name the condition that we set. */
const passedHeaders = /^(electric-|content-type$|etag$)/;

/**
 * The gatekeeper in front of Electric (LIVE-2): who asks is known by now, which rows they get is ours to say, and the answer is passed on as it
 * comes. Electric itself is never reached from outside.
 */
export function getShape(deps: RouteDeps) {
	const { env, log } = deps;
	const { electric } = env.live;
	return new Elysia().use(requireAuth("records:read")).get(
		"/api/v1/electric/shape",
		async ({ principal, request }) => {
			if (electric === null) throw new SheafError("replication/not-offered", "This server has no replication service.");
			const asked = new URL(request.url).searchParams;
			const query = shapeQuery(asked, { workspaceId: principal.workspaceId, secret: electric.secret });
			const url = `${electric.url}/v1/shape?${query.toString()}`;
			if (query.get("live") !== "true") return passOn(await ask(url, request.signal, log));
			return await askWatched(url, { watch: await watchStanding(deps, principal), signal: request.signal, log });
		},
		{ detail: protectedDetail("replication", "A shape of the workspace's data, as Electric's clients read it") },
	);
}

type Asking = { watch: Watch; signal: AbortSignal; log: Logger };

/** What goes on until something happens ends when the member is not who they were. */
async function askWatched(url: string, { watch, signal, log }: Asking): Promise<Response> {
	try {
		const answer = await ask(url, AbortSignal.any([signal, watch.signal]), log);
		const goesOn = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
		if (goesOn && answer.body !== null) return passOn(answer, withEnd(answer.body, signal, watch.leave));
		watch.leave();
		return passOn(answer);
	} catch (error) {
		watch.leave();
		watch.signal.throwIfAborted();
		throw error;
	}
}

/** The body is not touched: a stream goes on for as long as it does. What `fetch` has unpacked is not packed any more. */
function passOn(answer: Response, body: ReadableStream | null = answer.body): Response {
	return new Response(body, { status: answer.status, headers: headersOf(answer) });
}

async function ask(url: string, signal: AbortSignal, log: Logger): Promise<Response> {
	const answer = await fetch(url, { signal, redirect: "manual" }).catch((error: unknown) => {
		if (!signal.aborted) {
			log.warn({ err: error }, "Electric cannot be reached");
			noteElectric(false);
		}
		throw unavailable(5);
	});
	noteElectric(answer.status < 500);
	if (answer.ok || answer.status === 304 || answer.status === 409) return answer;
	await answer.body?.cancel();
	if (answer.status === 400)
		throw new SheafError("request/invalid", "This is no place in the shape: begin with offset=-1.");
	const retryAfterSeconds = Number(answer.headers.get("retry-after") ?? 5) || 5;
	if (answer.status === 429) {
		throw new SheafError("request/rate-limited", "Too many requests for replicated data. It is tried again.", {
			details: { retryAfterSeconds },
		});
	}
	// Also its 401, 403 and 404: the client is known here, and what Electric does not know is this server.
	log.warn({ status: answer.status }, "Electric refused what the gatekeeper asked");
	throw unavailable(retryAfterSeconds);
}

/** As its last answer says: it is asked all the while that somebody listens, and by nobody else but clients. */
function noteElectric(answers: boolean): void {
	metrics.set("sheaf_dependency_up", { dependency: "electric" }, answers ? 1 : 0);
}

function unavailable(retryAfterSeconds: number): SheafError {
	return new SheafError(
		"replication/unavailable",
		"The replication service does not answer right now. It is tried again.",
		{
			details: { retryAfterSeconds },
		},
	);
}

/** One person's rows: no shared cache keeps them, and a private one only for the same token. */
function headersOf(answer: Response): Headers {
	const headers = new Headers([...answer.headers].filter(([name]) => passedHeaders.test(name)));
	const kept = (answer.headers.get("cache-control") ?? "no-store")
		.split(",")
		.map((directive) => directive.trim())
		.filter((directive) => !/^(public|private|s-maxage=.*|proxy-revalidate)$/i.test(directive));
	headers.set("cache-control", ["private", ...kept].join(", "));
	headers.set("vary", "Authorization, Origin");
	return headers;
}
