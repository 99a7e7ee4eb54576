/**
 * Amazon's older interfaces write ids as numbers of up to 19 digits, which lose their last ones when they are read as numbers. Every
 * member whose name ends in `Id` becomes a text before the reply is parsed. A name inside of a text has its quotes escaped, so it
 * is no member here.
 */
export function idsAsText(json: string): string {
	return json.replace(/("(?:\w*Id|id)"\s*:\s*)(-?\d+)(?=\s*[,}\]])/g, '$1"$2"');
}
