import { type FollowDeps, follow } from "./follow.ts";

export type EitherDeps = Omit<FollowDeps, "onReady"> & {
	/** Follows the shape, calls `onLive` as soon as it tells whatever happens, and settles when it is lost. */
	shape: (onLive: () => void, signal: AbortSignal) => Promise<void>;
	/** Milliseconds since the epoch. */
	now: () => number;
};

/** A shape that has lasted this long was a good one. */
const lastingMs = 60_000;
const longestRestMs = 900_000;

/**
 * The stream catches up: from its cursor it tells how everything stands that was missed, once each. Where the server has shapes, the shape takes over
 * from there, and the stream is left once the shape is live, so that nothing falls between the two. When the shape is lost, the stream takes over
 * again from where it was left. Never rejects.
 */
export async function followEither(deps: EitherDeps, signal: AbortSignal): Promise<void> {
	const { onState, now } = deps;
	const live = { stream: false, shape: false };
	const say = (which: keyof typeof live, is: boolean) => {
		live[which] = is;
		onState(live.stream || live.shape);
	};
	let [restUntil, losses] = [0, 0];
	while (!signal.aborted) {
		const leaving = new AbortController();
		let [following, shape] = [false, Promise.resolve()];
		const followShape = async () => {
			following = true;
			const begun = now();
			const onLive = () => {
				say("shape", true);
				leaving.abort();
			};
			await deps.shape(onLive, signal).catch(() => undefined);
			say("shape", false);
			losses = now() - begun >= lastingMs ? 1 : losses + 1;
			restUntil = now() + restMs(losses);
			following = false;
		};
		const onReady = ({ shapes }: { shapes: boolean }) => {
			if (shapes && !following && now() >= restUntil) shape = followShape();
		};
		const stream = { ...deps, onReady, onState: (is: boolean) => say("stream", is) };
		await follow(stream, AbortSignal.any([signal, leaving.signal]));
		await shape;
	}
}

/** Once is nothing; what is lost again and again is left alone for longer each time. */
function restMs(losses: number): number {
	return Math.min(longestRestMs, lastingMs * (2 ** (losses - 1) - 1));
}
