import Journal
import Synchronization

/// A question to the estate: its own fields are the parameters, and the answer is a table of columns.
///
/// Panes, `frontdesk show` and reports read the same views. A cell is worked out when it is asked for.
public protocol View: Record, SendableMetatype {
    /// The entity or value that a row is about.
    associatedtype Subject: Sendable
    associatedtype Subjects: Sequence<Subject> = [Subject]
    typealias Row = ViewRow<Self>
    /// The name in scripts, e.g. `followups`.
    static var name: String { get }
    static var label: Label { get }
    /// The key of the column that `from` and `to` filter by.
    static var timeKey: String? { get }
    /// Whether the dates that are filtered by may be still to come, as due dates are. Default: no.
    static var looksAhead: Bool { get }
    /// Whether the rows may change as time passes, without a new fact.
    static var changesWithTime: Bool { get }
    /// Whether only a member who has signed in may read it, as it may show particulars in full. Default: no.
    static var isRestricted: Bool { get }
    /// Whether the working set gives the same rows as the whole history, given the parameters and filters by their keys
    /// and as canonical texts. Default: no.
    static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool
    @ViewColumns<Self> static var columns: [ViewColumn<Self>] { get }
    /// The ids, units and staff codes whose journal entries the rows are made of, `[]` for all entries; `nil` when the
    /// rows come from the state. Throws ``Refusal``.
    func entryNames(in estate: Estate) throws -> [String]?
    /// The months that are over, as of a moment, whose figures the rows need; see ``ViewContext/past``. Default: none.
    func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period]
    /// The subjects of the rows, in order. Throws ``Refusal``.
    func subjects(in context: ViewContext) throws -> Subjects
}

extension View {
    public static var timeKey: String? { nil }
    public static var looksAhead: Bool { false }
    public static var changesWithTime: Bool { true }
    public static var isRestricted: Bool { false }
    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { false }
    public func entryNames(in estate: Estate) throws -> [String]? { nil }
    public func pastMonths(asOf moment: Moment, in zone: Zone) -> [Period] { [] }

    /// The rows as of a moment, of an estate as of the same moment. Throws ``Refusal``.
    public func rows(
        of estate: Estate, at moment: Moment, for reader: Role? = nil, member: String? = nil, past: PastFigures = .none
    ) throws -> [Row] {
        let context = ViewContext(estate, at: moment, for: reader, member: member, past: past)
        return try subjects(in: context).map { Row($0, in: context) }
    }
}

extension View {
    /// Whether some columns are empty for a reader without a role that may see them.
    public static var hasRestrictedColumns: Bool { table.contains(where: \.isRestricted) }

    /// The columns of another view of the same subjects.
    static func columns<Other: View>(of other: Other.Type) -> [ViewColumn<Self>] where Other.Subject == Subject {
        other.columns.map { ViewColumn($0) { Other.Row($0.subject, in: $0.context) } }
    }

    /// ``columns``, built once.
    static var table: [ViewColumn<Self>] {
        builtTables.withLock { tables in
            if let table = tables[ObjectIdentifier(Self.self)] as? [ViewColumn<Self>] { return table }
            let table = columns
            tables[ObjectIdentifier(Self.self)] = table
            return table
        }
    }
}

/// The columns of each view type; generic types have no static storage.
private let builtTables = Mutex<[ObjectIdentifier: any Sendable]>([:])

/// A view without parameters.
public protocol PlainView: View {}

extension PlainView {
    public mutating func fields(_ visitor: inout some FieldVisitor) throws {}
}

/// The estate, the moment and the reader that rows are worked out for.
public final class ViewContext: Sendable {
    /// Shared by the contexts of several moments: a copy of the estate copies the references of all its tables.
    private final class Shared: Sendable {
        let estate: Estate

        init(_ estate: Estate) { self.estate = estate }
    }

    private let shared: Shared
    /// A copy: every time of day that is shown needs it.
    public let zone: Zone
    public let moment: Moment
    /// The role of the member who reads; `nil`: no member is given. Columns that are restricted to some are empty then,
    /// as are restricted facts in a history; those that are withheld from some are shown.
    public let reader: Role?
    /// The code of the member who reads, for views of which each member sees their own rows; `nil`: it is not given.
    public let member: String?
    /// The journal entries that the view asked for; see ``View/entryNames(in:)``.
    let entries: [JournalEntry]
    /// The figures of the months that the view asked for; see ``View/pastMonths(asOf:in:)``.
    public let past: PastFigures
    /// The figures of the month of the moment.
    let present: PresentFigures

    public convenience init(
        _ estate: Estate, at moment: Moment, for reader: Role? = nil, member: String? = nil, past: PastFigures = .none,
        present: PresentFigures = PresentFigures()
    ) {
        self.init(estate, at: moment, for: reader, member: member, entries: [], past: past, present: present)
    }

    init(
        _ estate: Estate, at moment: Moment, for reader: Role?, member: String?, entries: [JournalEntry],
        past: PastFigures, present: PresentFigures = PresentFigures()
    ) {
        (shared, zone, self.moment) = (Shared(estate), estate.zone, moment)
        (self.reader, self.member, self.entries) = (reader, member, entries)
        (self.past, self.present) = (past, present)
    }

    /// The same estate at another moment.
    public init(_ context: ViewContext, at moment: Moment) {
        (shared, zone, self.moment) = (context.shared, context.zone, moment)
        (reader, member, entries) = (context.reader, context.member, context.entries)
        (past, present) = (context.past, context.present)
    }

    public var estate: Estate { _read { yield shared.estate } }

    /// The day of the moment; 24:00 belongs to the day that ends.
    public var day: Day { Day(asOf: moment, in: zone) }
    /// The period asked for; without one, the month of the moment.
    func period(_ given: Period?) -> Period { given ?? Period(day) }
}

/// One row of a view: the subject's own properties, and those that the view derives for its columns.
///
/// Do not store it: it retains the estate.
@dynamicMemberLookup
public struct ViewRow<V: View>: Sendable {
    public let subject: V.Subject
    public let context: ViewContext

    public init(_ subject: V.Subject, in context: ViewContext) { (self.subject, self.context) = (subject, context) }

    public subscript<Value>(dynamicMember path: KeyPath<V.Subject, Value>) -> Value { subject[keyPath: path] }

    public var estate: Estate { context.estate }

    /// The cells as scripts read them.
    public var texts: [String] { V.table.map { $0.value(self).text(zone: context.zone) } }

    /// The cells as people read them.
    public func displayed(_ language: Language) -> [String] {
        V.table.map { $0.value(self).display(zone: context.zone, language: language) }
    }
}

/// One column of a view.
public struct ViewColumn<V: View>: Sendable {
    public let description: FieldDescription
    let value: @Sendable (ViewRow<V>) -> any FieldValue
    /// Whether only some roles see all its values.
    let isRestricted: Bool

    /// A column whose label is the key's in the ``Glossary`` unless one is given.
    init<Value: FieldValue>(
        _ key: String, _ label: Label? = nil, _ value: @escaping @Sendable (ViewRow<V>) -> Value
    ) {
        self.init(FieldDescription(key, label, of: Value.self)) { value($0) }
    }

    /// A column that is described elsewhere.
    init(
        _ description: FieldDescription, isRestricted: Bool = false,
        _ value: @escaping @Sendable (ViewRow<V>) -> any FieldValue
    ) {
        (self.description, self.isRestricted, self.value) = (description, isRestricted, value)
    }

    /// The column of another view, given the other view's row.
    init<Other: View>(_ column: ViewColumn<Other>, of row: @escaping @Sendable (ViewRow<V>) -> ViewRow<Other>) {
        self.init(column.description, isRestricted: column.isRestricted) { column.value(row($0)) }
    }

    /// The same column for some roles only: nobody else sees it, nor whoever has not said who they are. `isSecret`: the
    /// rows of which that is so.
    func restricted(
        to readers: Set<Role>, where isSecret: @escaping @Sendable (ViewRow<V>) -> Bool = { _ in true }
    ) -> ViewColumn {
        let value = value
        return ViewColumn(description, isRestricted: true) { row in
            if row.context.reader.map(readers.contains) ?? false { return value(row) }
            return isSecret(row) ? String?.none : value(row)
        }
    }

    /// The same column, without the values of rows that tell of what the reader must not see.
    func withheld(where isHidden: @escaping @Sendable (ViewRow<V>, _ reader: Role) -> Bool) -> ViewColumn {
        let value = value
        return ViewColumn(description, isRestricted: isRestricted) { row in
            if let reader = row.context.reader, isHidden(row, reader) { return String?.none }
            return value(row)
        }
    }
}

/// Within this module a view's column is just a `Column`.
typealias Column<V: View> = ViewColumn<V>

/// Lets a view write its columns one below the other, each type-checked by itself.
@resultBuilder
public enum ViewColumns<V: View> {
    public static func buildExpression(_ column: ViewColumn<V>) -> [ViewColumn<V>] { [column] }
    public static func buildExpression(_ columns: [ViewColumn<V>]) -> [ViewColumn<V>] { columns }
    public static func buildBlock(_ columns: [ViewColumn<V>]...) -> [ViewColumn<V>] { columns.flatMap { $0 } }
}
