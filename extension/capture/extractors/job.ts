import type { Located } from "../findings.ts";
import { textOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { salaryParts } from "./salary.ts";
import { commonParts, postalLine } from "./schema-parts.ts";
import { looksLikeJob, readShownJob } from "./shown-job.ts";
import { termWords } from "./terms.ts";

const types = new Set(["JobPosting"]);

const places = (job: ThingReader): Located<string> | null => {
	const values = [...valuesOf(job.thing, "jobLocation"), ...valuesOf(job.thing, "applicantLocationRequirements")];
	const lines = [...new Set(values.map(postalLine).filter((line) => line !== ""))].slice(0, 10);
	return lines.length === 0 ? null : { value: lines.join("; "), path: `${job.thing.path}.jobLocation` };
};

const employment = (job: ThingReader): Located<string> | null => {
	const terms = job.lines(["employmentType"], { splitCommas: true });
	return terms && { value: terms.value.map(termWords).join(", "), path: terms.path };
};

/** An advertised position. */
export const job: Extractor = {
	kind: "job",
	claim: (page) => claimByType(page, types, null),
	shape: { atMost: 0.58, of: (page) => (looksLikeJob(page) ? 0.58 : null) },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			const employer = thing.inner("hiringOrganization")[0];
			const telecommute = /^telecommute$/i.test(textOf(thing.thing, "jobLocationType"));
			found.offerAll(
				{
					...commonParts(thing),
					title: thing.text("title", "name"),
					company: thing.text("hiringOrganization"),
					image: thing.address("image") ?? employer?.address("logo", "image") ?? null,
					location: places(thing),
					remote: telecommute ? { value: true, path: `${thing.thing.path}.jobLocationType` } : null,
					employmentType: employment(thing),
					published: thing.date("datePosted"),
					deadline: thing.date("validThrough"),
					...salaryParts(thing, page.place),
				},
				thing.thing.from,
			);
		}
		readShownJob(page, found, { isDescribed: subjects.length > 0 });
	},
};
