const isoDuration = /^P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** An ISO 8601 duration (`PT1H30M`) in minutes, rounded to a hundredth; null when it is none or zero. */
export const parseMinutes = (raw: string): number | null => {
	const match = isoDuration.exec(raw.trim().slice(0, 40));
	if (match === null) return null;
	const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
	const total = (days ?? 0) * 1_440 + (hours ?? 0) * 60 + (minutes ?? 0) + (seconds ?? 0) / 60;
	return total > 0 && Number.isFinite(total) ? Math.round(total * 100) / 100 : null;
};
