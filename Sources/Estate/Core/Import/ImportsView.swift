import Journal
import OrderedCollections

/// The files that were imported.
public struct ImportsView: PlainView {
    public static let name = "imports"
    public static let label = Label("导入记录", en: "Imports")
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("kind", Label("种类", en: "Kind")) { FileKind($0.kind) }
        Column("rows", Label("行数", en: "Rows")) { $0.rows }
        Column("voided", Label("已撤回", en: "Voided")) { $0.isVoided }
        Column("at") { $0.at }
        Column("by", Label("导入人", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> OrderedDictionary<Ref<Import>, Import>.Values {
        context.estate.imports.all.values
    }
}

extension ViewRow<ImportsView> {
    var isVoided: Bool { subject.isVoided(in: estate) }
}
