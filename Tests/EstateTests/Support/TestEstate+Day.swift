import TestSupport

@testable import Estate

/// A feature that adds entries of its own to the test estate's day.
protocol RecordedDay: SendableMetatype {
    static func record(in test: TestEstate) throws
}

extension TestEstate {
    /// Records a day in which every feature has entries, in the order of the features.
    func recordDay() throws {
        for case let feature as any RecordedDay.Type in Estate.featureTypes { try feature.record(in: self) }
    }
}
