/** A name's words: "jobTitle", "Job title" and "job_title" are the same. */
export function words(name: string): string {
	return name
		.replaceAll(/([a-z])([A-Z])/g, "$1 $2")
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
}
