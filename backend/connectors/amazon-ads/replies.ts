import { type Static, Type } from "@sinclair/typebox";

/** The parts of Amazon's replies that are used; anything more is let through, anything less is not believed. */
export const UserReply = Type.Object({
	user_id: Type.String({ minLength: 1 }),
	email: Type.Optional(Type.String()),
	name: Type.Optional(Type.String()),
});

export const ProfileEntry = Type.Object({
	profileId: Type.String({ pattern: "^\\d{1,20}$" }),
	countryCode: Type.Optional(Type.String()),
	currencyCode: Type.Optional(Type.String()),
	timezone: Type.Optional(Type.String()),
	accountInfo: Type.Optional(
		Type.Object({
			id: Type.Optional(Type.String()),
			type: Type.Optional(Type.String()),
			/** Amazon leaves it out for some sellers. */
			name: Type.Optional(Type.String()),
		}),
	),
});
export type ProfileEntry = Static<typeof ProfileEntry>;

export const ProfilesReply = Type.Array(ProfileEntry);

/** A campaign, an advertiser or an order, as it came. */
export const Entity = Type.Record(Type.String(), Type.Unknown());
export type Entity = Static<typeof Entity>;

export const EntityList = Type.Array(Entity);

export const DspReply = Type.Object({
	totalResults: Type.Optional(Type.Integer()),
	response: Type.Optional(EntityList),
});

const ReportStatus = Type.Union([
	Type.Literal("PENDING"),
	Type.Literal("PROCESSING"),
	Type.Literal("COMPLETED"),
	Type.Literal("FAILED"),
]);

export const ReportReply = Type.Object({
	reportId: Type.String({ minLength: 1, maxLength: 64 }),
	status: ReportStatus,
	url: Type.Optional(Type.Union([Type.String(), Type.Null()])),
	failureReason: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});
export type ReportReply = Static<typeof ReportReply>;
