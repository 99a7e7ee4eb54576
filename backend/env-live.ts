import type { Reader } from "./env-reader.ts";

export type LiveEnv = {
	/** Streams of one API process, at most. */
	maxStreams: number;
	/** The Electric service behind the gatekeeper (LIVE-2); null: there is none. `secret`: its `ELECTRIC_SECRET`. */
	electric: { url: string; secret: string | null } | null;
};

export function parseLiveEnv(read: Reader): LiveEnv {
	const maxStreams = read.count("SHEAF_LIVE_STREAMS", 10_000);
	const url = read.text("ELECTRIC_URL") === null ? null : read.url("ELECTRIC_URL", "");
	return { maxStreams, electric: url === null ? null : { url, secret: read.text("ELECTRIC_SECRET") } };
}
