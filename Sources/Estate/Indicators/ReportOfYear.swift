import Journal

/// A report of a year that is made of the figures of its months.
public protocol ReportOfYear: Report {
    /// The year; `nil` for the one that such a report is usually made of: that of the moment from July on, else the one
    /// before.
    var year: Int? { get set }
}

extension ReportOfYear {
    public init(year: Int?) {
        self.init()
        self.year = year
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("year", &year, Label("年度", en: "Year"))
    }

    public func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period] {
        YearFigures.months(of: reportedYear(asOf: moment, in: zone)).over(asOf: moment, in: zone)
    }

    func reportedYear(in context: ViewContext) -> Int {
        reportedYear(asOf: context.moment, in: context.zone)
    }

    private func reportedYear(asOf moment: Moment, in zone: Zone) -> Int {
        let today = Day(asOf: moment, in: zone).civil
        return year ?? (today.month >= 7 ? today.year : today.year - 1)
    }
}
