import type { Located } from "../findings.ts";
import { metaOf } from "../sources/meta.ts";
import { textOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, peopleLine, ratingParts } from "./schema-parts.ts";
import { ownPlayer, readShownVideo } from "./shown-video.ts";

const types = new Set("VideoObject Movie Clip TVEpisode TVSeries VideoObjectSnapshot".split(" "));

const isWatched = (counter: ThingReader): boolean =>
	valuesOf(counter.thing, "interactionType").some((type) =>
		(typeof type === "object" ? `${type.types.join(" ")} ${type.id ?? ""}` : String(type)).includes("Watch"),
	);

/** Views come as an InteractionCounter among others (likes, comments) or as a plain number. */
const views = (video: ThingReader): Located<number> | null => {
	const counters = video.inner("interactionStatistic");
	const watched = counters.find(isWatched) ?? (counters.length === 1 ? counters[0] : undefined);
	return watched?.count("userInteractionCount") ?? video.count("interactionCount");
};

/** Something to watch. */
export const video: Extractor = {
	kind: "video",
	claim(page) {
		const claimed = claimByType(page, types, /^video/i);
		// An article with a video in it is an article, unless the page itself says otherwise.
		return claimed !== null && claimed.confidence === 0.9 ? { ...claimed, confidence: 0.85 } : claimed;
	},
	shape: { atMost: 0.5, of: (page) => (ownPlayer(page) === null ? null : 0.5) },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			found.offerAll(
				{
					...commonParts(thing),
					...(textOf(thing.thing, "duration") === "" ? {} : ratingParts(thing)),
					author: peopleLine(thing, "author", "creator", "director"),
					published: thing.date("uploadDate", "datePublished", "dateCreated"),
					durationMinutes: thing.minutes("duration", "timeRequired"),
					views: views(thing),
					image: thing.address("thumbnailUrl", "thumbnail", "image"),
				},
				thing.thing.from,
			);
		}
		readShownVideo(page, found);
		const seconds = Number(metaOf(page.meta, "og:video:duration", "video:duration"));
		const minutes = seconds > 0 ? Math.round((seconds / 60) * 100) / 100 : null;
		found.offer("durationMinutes", minutes && { value: minutes, path: "video:duration" }, "open-graph");
	},
};
