/** A day and a time of day as they are where this browser is; the time is empty for a plain day, both for what is no date. */
export type LocalMoment = { day: string; time: string };

const two = (part: number) => String(part).padStart(2, "0");

/** Reads a stored date (RFC 3339 instant or `YYYY-MM-DD`). */
export function localMoment(text: string): LocalMoment {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { day: text, time: "" };
	const at = new Date(text);
	if (Number.isNaN(at.getTime())) return { day: "", time: "" };
	return {
		day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
		time: `${two(at.getHours())}:${two(at.getMinutes())}`,
	};
}

/** The instant that is meant by a day and a time here; a plain day where there is no time. null: there is no such day. */
export function momentText({ day, time }: LocalMoment): string | null {
	const at = new Date(time === "" ? day : `${day}T${time}`);
	if (day === "" || Number.isNaN(at.getTime())) return null;
	return time === "" ? day : at.toISOString();
}

/** Seconds as `1:02:03`. */
export function clockText(seconds: number): string {
	return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * Seconds of `1:02:03`, or of `1:30`, which is hours and minutes as the column writes them. null: it is neither.
 */
export function clockSeconds(text: string): number | null {
	const [, hours, minutes, seconds = "0"] = /^(\d+):([0-5]?\d)(?::([0-5]?\d))?$/.exec(text.trim()) ?? [];
	return hours === undefined || minutes === undefined
		? null
		: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}
