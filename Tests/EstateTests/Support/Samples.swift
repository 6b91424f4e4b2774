import Journal

@testable import Estate

/// Fills every field of a record with a sample value.
struct Sampler: FieldVisitor {
    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        // A handover's answers and counts and a survey's scores have forms of their own.
        let sample: JSONValue =
            if Value.self == HandoverAnswers?.self {
                .string("3:无;8:两件")
            } else if Value.self == HandoverCounts?.self {
                .string("手电 1/2 一支送修")
            } else if Value.self == ScoreList.self {
                .string("5,-,1")
            } else {
                Value.type.sample
            }
        value = try Value(json: sample, zone: .shanghai)
    }
}

extension Record {
    /// A record with a sample value in every field.
    static func sample() throws -> Self {
        var (record, sampler) = (Self(), Sampler())
        try record.fields(&sampler)
        return record
    }
}

extension FieldType {
    /// A sample value of the type, as scripts give it.
    var sample: JSONValue {
        switch self {
        case .text: .string("“引号\"”\\与\n换行")
        case .integer: .number("3")
        case .amount: .string("1240.05")
        case .area: .string("89.50")
        case .decimal: .string("2.8")
        case .date: .string("2026-03-05")
        case .moment: .string("2026-03-05T16:10:05.123+08:00")
        case .period: .string("2026-03")
        case .week: .string("2026-W10")
        case .flag: .bool(true)
        case .choice(let choices): .string(choices.last?.value ?? "")
        case .unit, .location, .host: .string("3-2-501")
        case .plate: .string("浙A12345")
        case .phone: .string("057188887777#123")
        case .staff, .worker: .string("S02")
        case .reference: .string("01K0123456789ABCDEFGHJKMNP")
        case .list(let element): .array([element.sample, element.sample])
        case .rows:
            .object([
                "payment": .string("01K0123456789ABCDEFGHJKMNP"), "bill": .string("01K0123456789ABCDEFGHJKMNQ"),
                "amount": .string("12.30"), "household": .string("01K0123456789ABCDEFGHJKMNP"),
                "followup": .string("01K0123456789ABCDEFGHJKMNQ"),
                "opens": .string("2026-03-05"), "due": .string("2026-03-06"), "date": .string("2026-03-05"),
                "method": .string("现金"), "received": .string("12.30"), "count": .number("2"),
                "deposits": .string("0.00"), "refunded": .string("1.00"), "expected": .string("-11.30"),
                "counted": .string("11.30"), "text": .string("门自行关严"), "section": .string("大堂"),
                "critical": .bool(true),
            ])
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
}
