import type { FieldType } from "../../backend/contract/fields.ts";

/**
 * Sheaf's canonical field names with the one type each has. Extractors write only these, the mapping suggestion and the
 * forms read their types and labels from here, and the wire carries them as they are. A field that a person adds by hand
 * may have any other name.
 */
export const vocabulary = {
	// Every kind
	title: { type: "text", label: "Title" },
	url: { type: "url", label: "URL" },
	description: { type: "text", label: "Description" },
	image: { type: "image", label: "Image" },
	siteName: { type: "text", label: "Site" },
	author: { type: "text", label: "Author" },
	published: { type: "date", label: "Published" },
	modified: { type: "date", label: "Updated" },
	language: { type: "text", label: "Language" },
	tags: { type: "list", label: "Tags" },
	/** Loaded only when a target maps it: the article's main content. */
	body: { type: "markdown", label: "Body" },
	/** Where a link, an image or a quote was found. */
	foundOn: { type: "url", label: "Found on" },
	quote: { type: "text", label: "Quote" },
	// Article, paper
	section: { type: "text", label: "Section" },
	authors: { type: "list", label: "Authors" },
	journal: { type: "text", label: "Journal" },
	doi: { type: "text", label: "DOI" },
	pdf: { type: "url", label: "PDF" },
	// Product, and whatever else has a price
	price: { type: "currency", label: "Price" },
	currency: { type: "text", label: "Currency" },
	originalPrice: { type: "currency", label: "Original price" },
	brand: { type: "text", label: "Brand" },
	sku: { type: "text", label: "SKU" },
	gtin: { type: "text", label: "GTIN" },
	availability: { type: "text", label: "Availability" },
	condition: { type: "text", label: "Condition" },
	seller: { type: "text", label: "Seller" },
	category: { type: "text", label: "Category" },
	rating: { type: "number", label: "Rating" },
	ratingCount: { type: "number", label: "Number of ratings" },
	// Job
	company: { type: "text", label: "Company" },
	location: { type: "text", label: "Location" },
	remote: { type: "boolean", label: "Remote" },
	employmentType: { type: "text", label: "Employment type" },
	salaryMin: { type: "currency", label: "Salary from" },
	salaryMax: { type: "currency", label: "Salary to" },
	salaryPeriod: { type: "text", label: "Salary per" },
	deadline: { type: "date", label: "Deadline" },
	// Recipe
	ingredients: { type: "list", label: "Ingredients" },
	instructions: { type: "list", label: "Instructions" },
	servings: { type: "text", label: "Servings" },
	prepMinutes: { type: "number", label: "Preparation (min)" },
	cookMinutes: { type: "number", label: "Cooking (min)" },
	totalMinutes: { type: "number", label: "Total time (min)" },
	cuisine: { type: "text", label: "Cuisine" },
	calories: { type: "text", label: "Calories" },
	// Repository
	owner: { type: "text", label: "Owner" },
	programmingLanguage: { type: "text", label: "Programming language" },
	license: { type: "text", label: "Licence" },
	stars: { type: "number", label: "Stars" },
	forks: { type: "number", label: "Forks" },
	// Video
	durationMinutes: { type: "number", label: "Duration (min)" },
	views: { type: "number", label: "Views" },
	// Event
	starts: { type: "date", label: "Starts" },
	ends: { type: "date", label: "Ends" },
	organiser: { type: "text", label: "Organiser" },
	// Person, organisation, place
	jobTitle: { type: "text", label: "Job title" },
	email: { type: "text", label: "E-mail" },
	phone: { type: "text", label: "Phone" },
	website: { type: "url", label: "Website" },
	profiles: { type: "list", label: "Profiles" },
	address: { type: "text", label: "Address" },
	latitude: { type: "number", label: "Latitude" },
	longitude: { type: "number", label: "Longitude" },
	openingHours: { type: "list", label: "Opening hours" },
	priceRange: { type: "text", label: "Price range" },
} as const satisfies Record<string, { type: FieldType; label: string }>;

export type FieldName = keyof typeof vocabulary;

/** The names in the order in which a form shows them. */
export const fieldNames = Object.keys(vocabulary) as FieldName[];

/** Whether `name` is one of Sheaf's own field names (an own key: `constructor` is not). */
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(vocabulary, name);
