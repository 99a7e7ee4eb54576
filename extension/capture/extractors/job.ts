import { addressOf, dateOf, linesOf, type Thing, textOf, thingsOf, valuesOf } from "../sources/thing.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, postalLine, salaryParts, termWords } from "./schema-parts.ts";

const types = new Set(["JobPosting"]);

const places = (job: Thing): string => {
	const lines = [...valuesOf(job, "jobLocation"), ...valuesOf(job, "applicantLocationRequirements")].map(postalLine);
	return [...new Set(lines.filter((line) => line !== ""))].slice(0, 10).join("; ");
};

/** An advertised position. */
export const job: Extractor = {
	kind: "job",
	claim: (page) => claimByType(page, types, null),
	read(page, { subject }, found) {
		if (subject === null) return;
		const employer = thingsOf(subject, "hiringOrganization")[0];
		found.offerAll(
			{
				...commonParts(subject, page),
				title: textOf(subject, "title", "name"),
				company: textOf(subject, "hiringOrganization"),
				image: addressOf(subject, page.base, "image") ?? (employer && addressOf(employer, page.base, "logo")),
				location: places(subject),
				remote: /^telecommute$/i.test(textOf(subject, "jobLocationType")) ? true : null,
				employmentType: linesOf(subject, ["employmentType"]).map(termWords).join(", "),
				published: dateOf(subject, "datePosted"),
				deadline: dateOf(subject, "validThrough"),
				...salaryParts(subject, page),
			},
			subject.from,
		);
	},
};
