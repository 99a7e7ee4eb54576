const everyMs = 10_000;

/**
 * Says the first of a run of errors at once and then one every ten seconds, with how many went unsaid: clients that reconnect by
 * themselves fail many times a second while their server is away.
 */
export function seldom(say: (error: Error, unsaid: number) => void): (error: Error) => void {
	let quietUntil = 0;
	let unsaid = 0;
	return (error) => {
		const now = performance.now();
		if (now < quietUntil) {
			unsaid += 1;
			return;
		}
		say(error, unsaid);
		quietUntil = now + everyMs;
		unsaid = 0;
	};
}
