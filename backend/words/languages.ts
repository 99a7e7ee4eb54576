/** The languages in which the backend's pages and letters are written: those that the extension speaks. */
export const languages = ["en", "de", "fr", "es", "ja", "ar"] as const;

export type Language = (typeof languages)[number];

/** The way a language is written, for `dir`. */
export function directionOf(language: Language): "ltr" | "rtl" {
	return language === "ar" ? "rtl" : "ltr";
}
