import { expect, test } from "bun:test";
import { memoryLocks } from "../messages/test-locks.ts";
import { type Lead, type News, shareFeed } from "./shared-feed.ts";

const news: News = { records: [], gone: [], lists: ["targets"] };

/** Streams that say nothing by themselves: each leader's voice, in the order they came to lead. */
function leaders() {
	const voices: Parameters<Lead>[0][] = [];
	const came: (() => void)[] = [];
	const lead: Lead = (tell, signal) => {
		voices.push(tell);
		came.shift()?.();
		return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
	};
	return { voices, lead, next: () => new Promise<void>((resolve) => came.push(resolve)) };
}

test("LIVE-1: of a browser's pages one holds the stream and tells the others; closed, the next one does", async () => {
	const locks = memoryLocks();
	const name = `sheaf/live/${crypto.randomUUID()}`;
	const { voices, lead, next } = leaders();
	const led = next();
	const first = shareFeed(name, lead, locks);
	await led;
	const second = shareFeed(name, lead, locks);
	const heard = Promise.withResolvers<News>();
	second.onNews(heard.resolve);
	expect(voices).toHaveLength(1);
	voices[0]?.news(news);
	expect(await heard.promise).toEqual(news);
	const taken = next();
	first.close();
	await taken;
	expect(voices).toHaveLength(2);
	second.close();
});

test("LIVE-1: a page that is opened later learns how things stand", async () => {
	const locks = memoryLocks();
	const name = `sheaf/live/${crypto.randomUUID()}`;
	const { voices, lead, next } = leaders();
	const led = next();
	const first = shareFeed(name, lead, locks);
	await led;
	voices[0]?.state(true);
	const second = shareFeed(name, lead, locks);
	const live = Promise.withResolvers<void>();
	second.onState((is) => (is ? live.resolve() : undefined));
	await live.promise;
	expect(voices).toHaveLength(1);
	first.close();
	second.close();
});
