import Journal

/// The nodes, and how far their records are here.
public struct NodesView: PlainView {
    public static let name = "nodes"
    public static let label = Label("节点", en: "Nodes")

    public static var columns: [ViewColumn<Self>] {
        Column("node", Label("节点", en: "Node")) { $0.name }
        Column("seq", Label("最后一条", en: "Last record")) { $0.sequence }
        Column("heard", Label("记于", en: "Written")) { $0.heard }
        Column("behind", Label("至今（分钟）", en: "Minutes since")) { $0.behind }
        Column("hub", Label("中心库", en: "In the hub")) { $0.exchanged?.hub }
        Column("unsent", Label("待传", en: "To send")) { $0.exchanged?.unsent }
        Column("unheard", Label("待收", en: "To come")) { $0.exchanged?.unheard }
        Column("keys", Label("未销密钥", en: "Ended keys kept")) { $0.exchanged?.unconfirmedKeys }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Node] {
        let nodes = context.estate.nodes
        let unheard = (nodes.hub?.logs ?? []).filter { nodes[$0.node] == nil }.map { Node(name: $0.node) }
        return (nodes.all + unheard).sorted { $0.name < $1.name }
    }
}

extension ViewRow<NodesView> {
    /// What the hub has of its log; `nil` without a hub.
    var exchanged: HubStatus.Log? { estate.nodes.hub?.logs.first { $0.node == subject.name } }

    /// Whole minutes since its last record was written; 0 for a clock that is ahead.
    var behind: Int? { subject.heard.map { max(0, context.moment.seconds(since: $0) / 60) } }
}

/// The facts that do not go together with those before them. None of them was erased.
public struct ConflictsView: PlainView {
    public static let name = "conflicts"
    public static let label = Label("冲突", en: "Conflicts")
    public static let timeKey: String? = "at"
    public static let changesWithTime = false

    public static var columns: [ViewColumn<Self>] {
        Column("id", Label("编号", en: "Entry")) { $0.id }
        Column("kind", Label("类别", en: "Kind")) { $0.kindName }
        Column("why", Label("为什么", en: "Why")) { $0.reason.label }
        Column("what", Label("操作", en: "Action")) { $0.what }
        Column("at") { $0.at }
        Column("by", Label("登记人", en: "By")) { $0.author }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Conflict] {
        context.estate.conflicts.filter { conflict in
            context.reader.map { !conflict.isHidden(from: $0) } ?? true
        }
    }
}

extension ViewRow<ConflictsView> {
    var kindName: String { subject.kind.kind.description }
    var what: Label { subject.kind.label }
    var author: String { estate.staff.name(of: subject.by) }
}

extension Conflict {
    /// Whether it is about a feature that a role must not see.
    func isHidden(from role: Role) -> Bool {
        Estate.features.contains { feature in
            feature.hiddenFrom.contains(role)
                && (feature.facts + feature.actions.compactMap { $0.ownFact.type }).contains { $0 == kind }
        }
    }
}

extension Estate {
    /// The facts that do not go together with those before them: as the state has it, then as only particulars show.
    var conflicts: [Conflict] { nodes.conflicts + Estate.features.flatMap { $0.suspicions(in: self) } }

    /// What is to be said of the conflicts that a role may see; `nil` if there are none.
    public func conflictNotice(for role: Role?) -> Label? {
        let count = conflicts.count { conflict in role.map { !conflict.isHidden(from: $0) } ?? true }
        return count == 0
            ? nil
            : Label(
                "各节点的记录有 \(count) 处冲突，都已保留：见“节点 · 冲突”",
                en: "\(count) records of several nodes do not go together; all are kept: see “Nodes · Conflicts”")
    }
}
