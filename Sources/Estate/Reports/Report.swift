import Journal

/// A view that can also be laid out as a document, to be printed or exported.
///
/// `frontdesk report` and the console's commands make the same documents. Features list their reports in
/// ``Feature/reports``.
public protocol Report: View {
    /// The document of the given rows, as of a moment.
    static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
}

extension Report {
    /// The rows that parameters and filters select, as for a view, and their document. Throws ``Refusal``.
    public static func make(
        of estate: Estate, at moment: Moment, members: [String: JSONValue], for reader: Role? = nil,
        member: String? = nil, _ language: Language, reading read: ([String]) throws -> [JournalEntry] = { _ in [] },
        figures: ([Period]) throws -> PastFigures = { _ in .none }
    ) throws -> (rows: Rows, document: Document) {
        let rows = try filtered(
            of: estate, at: moment, members: members, for: reader, member: member, reading: read, figures: figures)
        return (erased(rows, zone: estate.zone), document(of: rows, in: estate, at: moment, language))
    }

    /// The document of all rows that the report's own parameters select. Throws ``Refusal``.
    public func document(of estate: Estate, at moment: Moment, _ language: Language) throws -> Document {
        try Self.document(of: rows(of: estate, at: moment), in: estate, at: moment, language)
    }

    /// The same of a context, which may have figures of months that are over. Throws ``Refusal``.
    public func document(in context: ViewContext, _ language: Language) throws -> Document {
        Self.document(
            of: try subjects(in: context).map { Row($0, in: context) }, in: context.estate, at: context.moment,
            language)
    }
}

extension Estate {
    /// Every report, in documentation order.
    public static let reports: [any Report.Type] = features.flatMap { $0.reports }

    /// The report of a name. Throws ``Refusal`` with cause `input`.
    public static func report(named name: String) throws -> any Report.Type {
        guard let report = reports.first(where: { $0.name == name }) else {
            throw Refusal.input(
                "report.unknown", "没有这个报表：\(name)（frontdesk reports 列出全部）",
                en: "there is no report \(name) (see: frontdesk reports)")
        }
        return report
    }
}
