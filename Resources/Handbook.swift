import Foundation

/// The job standards (岗位标准) as data, one chapter per feature, merged with the estate's policy.
///
/// Each chapter cites the clause it restates: `"1.4"` is the fourth numbered rule of section 1, `"2.3"` and `"3.3"` the
/// third row of a table, `"7"` the unnumbered text of section 7, `"rules.gate"` the paragraph **Gate** of the rules,
/// and `"1.8"` the part on making calls, which follows the seven rules on answering.
///
/// Prescribed values are fixed. Where the standards are silent, defaults are in `policy` objects; the estate's folder
/// may contain a file of the same name and structure with other values there.
public struct Handbook: Equatable, Sendable {
    public let phrases: Phrases
    public let calls: Calls
    public let followUps: FollowUps
    public let fees: Fees
    public let gate: Gate
    public let inspections: Inspections
    public let renovation: Renovation
    public let materials: Materials
    public let staff: Staff
    public let calendar: Calendar

    /// Names of files in the estate's folder that match no chapter and are ignored.
    public let passedOver: [String]

    /// The shipped handbook.
    public static func standard() throws(HandbookError) -> Handbook {
        try Handbook(overrides: [:])
    }

    /// The handbook merged with the `*.json` files of `folder`. A missing folder counts as empty.
    public static func load(overriding folder: URL?) throws(HandbookError) -> Handbook {
        guard let folder else { return try standard() }
        return try Handbook(overrides: Shelf.contents(of: folder))
    }

    /// The handbook merged with the estate's files, given by file name (`"gate.json"`).
    public init(overrides: [String: Data]) throws(HandbookError) {
        var shelf = Shelf(files: overrides)
        phrases = try shelf.open()
        calls = try shelf.open()
        followUps = try shelf.open()
        fees = try shelf.open()
        gate = try shelf.open()
        inspections = try shelf.open()
        renovation = try shelf.open()
        materials = try shelf.open()
        staff = try shelf.open()
        calendar = try shelf.open()
        passedOver = shelf.files.keys.sorted()
    }
}

extension Handbook {
    /// All phrases of a class, the prescribed ones first.
    public func phrases(in phraseClass: PhraseClass) -> [String] {
        phrases[phraseClass].all
    }

    /// The rule for return visits to completed requests of a class.
    public func followUpRule(for requestClass: RequestClass) -> FollowUps.Rule {
        followUps[requestClass]
    }

    /// The inspection template of this name, included templates resolved; nil if there is none.
    public func template(named name: String) -> Inspections.Template? {
        inspections.template(named: name)
    }

    public func dayKind(year: Int, month: Int, day: Int) -> DayKind {
        calendar.dayKind(year: year, month: month, day: day)
    }
}
