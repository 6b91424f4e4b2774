import Foundation

/// The written job standards (岗位标准) as data, one chapter a feature, with the estate's own policy laid over them.
///
/// A chapter names the clause it restates: `"1.4"` is the fourth numbered rule of section 1, `"2.3"` and `"3.3"` the third
/// row of a table, `"7"` the unnumbered text of section 7, and `"rules.gate"` the paragraph **Gate** of the rules.
/// `"1.8"` is calling out, which follows the seven rules of answering.
///
/// What the standards prescribe is fixed. Where they are silent, a default stands in a `policy` object, and the estate's
/// folder may hold a file of the same name and shape with other values there.
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

    /// Files of the estate's folder that are no chapter of this handbook, and so say nothing.
    public let passedOver: [String]

    /// The handbook as shipped.
    public static func standard() throws(HandbookError) -> Handbook {
        try Handbook(overrides: [:])
    }

    /// The handbook with the `*.json` of the estate's `folder` laid over it. A folder that is not there changes nothing.
    public static func load(overriding folder: URL?) throws(HandbookError) -> Handbook {
        guard let folder else { return try standard() }
        return try Handbook(overrides: Shelf.contents(of: folder))
    }

    /// The handbook with the estate's files, by file name (`"gate.json"`), laid over it.
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
    /// The phrases of a class, the prescribed ones first.
    public func phrases(in phraseClass: PhraseClass) -> [String] {
        phrases[phraseClass].all
    }

    /// When, how much and by whom a finished request is visited.
    public func followUpRule(for requestClass: RequestClass) -> FollowUps.Rule {
        followUps[requestClass]
    }

    /// The inspection template of this name with everything it includes, or nil.
    public func template(named name: String) -> Inspections.Template? {
        inspections.template(named: name)
    }

    /// What the published calendar says of a day.
    public func dayKind(year: Int, month: Int, day: Int) -> DayKind {
        calendar.dayKind(year: year, month: month, day: day)
    }
}
