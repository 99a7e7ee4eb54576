import { metaOf } from "../sources/meta.ts";
import { addressOf, dateOf, minutesOf, numberOf, type Thing, thingsOf } from "../sources/thing.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, peopleLine } from "./schema-parts.ts";

const types = new Set(["VideoObject", "Movie", "Clip", "TVEpisode"]);

/** Views come as an InteractionCounter among others (likes, comments) or as a plain number. */
const viewsOf = (video: Thing): number | null => {
	const counters = thingsOf(video, "interactionStatistic");
	const watched = counters.find((counter) => JSON.stringify(thingTypes(counter)).includes("Watch")) ?? counters[0];
	return (watched && numberOf(watched, "userInteractionCount")) ?? numberOf(video, "interactionCount");
};

const thingTypes = (counter: Thing): unknown[] =>
	(counter.properties.get("interactionType") ?? []).map((type) => (typeof type === "object" ? type.types : type));

/** Something to watch. */
export const video: Extractor = {
	kind: "video",
	claim(page) {
		const claimed = claimByType(page, types, /^video/i);
		// An article with a video in it is an article, unless the page itself says otherwise.
		return claimed !== null && claimed.confidence === 0.9 ? { ...claimed, confidence: 0.85 } : claimed;
	},
	read(page, { subject }, found) {
		if (subject !== null) {
			found.offerAll(
				{
					...commonParts(subject, page),
					author: peopleLine(subject, "author", "creator", "director"),
					published: dateOf(subject, "uploadDate", "datePublished", "dateCreated"),
					durationMinutes: minutesOf(subject, "duration"),
					views: viewsOf(subject),
					image: addressOf(subject, page.base, "thumbnailUrl", "thumbnail", "image"),
				},
				subject.from,
			);
		}
		const seconds = Number(metaOf(page.meta, "og:video:duration", "video:duration"));
		found.offer("durationMinutes", seconds > 0 ? Math.round((seconds / 60) * 100) / 100 : null, "open-graph");
	},
};
