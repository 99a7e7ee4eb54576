/** `Lovelace, Ada` is how citation tags write a name; a person writes it the other way round. `, Jr.` stays behind. */
export const naturalName = (name: string): string => {
	const [family = "", given, ...more] = name.split(",").map((part) => part.trim());
	if (given === undefined || given === "" || more.length > 0 || /^(?:jr|sr|ph\.?d|m\.?d|[ivx]+)\.?$/i.test(given))
		return name.replace(/,\s*$/, "");
	return `${given} ${family}`;
};
