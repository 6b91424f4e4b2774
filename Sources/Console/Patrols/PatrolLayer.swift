import Estate
import Screen

/// One patrol: the buildings with what was reached and when, the next point, and what was missed. Enter records the
/// selected point, which is the next one unless another was chosen.
struct PatrolLayer: Layer {
    let id: Ref<Patrol>
    /// The index of the selected point; `nil` for a patrol without points.
    private(set) var selection: Int?
    /// The points that were reached when the layer was last refreshed.
    private var reached: Set<String> = []

    init(_ id: Ref<Patrol>, _ context: Context) {
        self.id = id
        guard let patrol = context.estate.patrols[id] else { return }
        let progress = context.estate.progress(of: patrol)
        selection = progress.next.flatMap { patrol.points.firstIndex(of: $0) } ?? (patrol.points.isEmpty ? nil : 0)
        reached = Set(progress.reached.keys)
    }

    var isModal: Bool { false }

    /// What was reached makes room for what is next.
    mutating func refresh(_ context: Context) {
        guard let patrol = context.estate.patrols[id] else { return }
        let progress = context.estate.progress(of: patrol)
        defer { reached = Set(progress.reached.keys) }
        guard let selection, patrol.points.indices.contains(selection) else { return }
        let point = patrol.points[selection]
        if progress.reached[point] != nil, !reached.contains(point) {
            self.selection = progress.next.flatMap { patrol.points.firstIndex(of: $0) } ?? selection
        }
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event, let patrol = context.estate.patrols[id] else { return .ignored }
        switch key {
        case .escape: return .dismissed()
        case .enter: return .handled([record(patrol, context)])
        case .function(8): return .handled([other(patrol, context)])
        case .control("e"): return .handled([finish(patrol, context)])
        case .tab, .backTab, .home, .end:
            step(on: key, patrol.points.count)
        case .up, .down, .left, .right:
            let board = PatrolBoard(patrol.points, buildings: context.estate.patrolBuildings)
            if let selection, let next = board.point(from: selection, on: key) { self.selection = next }
        default: return .ignored
        }
        return .handled()
    }

    /// Along the route.
    private mutating func step(on key: Key, _ count: Int) {
        guard let selection, count > 0 else { return }
        self.selection =
            switch key {
            case .tab: min(count - 1, selection + 1)
            case .backTab: max(0, selection - 1)
            case .home: 0
            default: count - 1
            }
    }

    /// Why nothing can be recorded; `nil` if it can.
    private func disabledReason(_ patrol: Patrol, _ context: Context) -> Label? {
        if let reason = context.disabledReason(CheckPatrol.self) { return reason }
        switch patrol.state(at: context.now, by: context.estate.handbook.patrols) {
        case .finished: return Label("这次巡逻已经结束", en: "the patrol is finished")
        case .abandoned: return Label("这次巡逻没有走完，已过时间", en: "the patrol was not finished in its time")
        case .underway: break
        }
        let member = context.member?.code ?? ""
        if context.estate.patrolUnderWay(on: patrol.route, for: member, at: context.now)?.id == id { return nil }
        let name = context.estate.staff.name(of: patrol.by)
        return Label("这是 \(name) 的巡逻，请开始自己的", en: "it is \(name)'s patrol: start your own")
    }

    private func record(_ patrol: Patrol, _ context: Context) -> Intent {
        if let reason = disabledReason(patrol, context) { return .error(reason) }
        guard let selection, patrol.points.indices.contains(selection) else { return other(patrol, context) }
        let point = patrol.points[selection]
        let check = Intent.perform(
            CheckPatrol(route: patrol.route, point: point), done: Label("\(point) 已打点", en: "\(point): reached"))
        guard let time = context.estate.progress(of: patrol).reached[point] else { return check }
        return .confirm(
            Label(
                "\(point) \(context.clock(time)) 打过点，再打一次？不另计",
                en: "\(point) was reached at \(context.clock(time)): again? It counts once"),
            yes: Label("再打", en: "again"), check)
    }

    /// A point that the route does not have.
    private func other(_ patrol: Patrol, _ context: Context) -> Intent {
        if let reason = disabledReason(patrol, context) { return .error(reason) }
        return .form(
            CheckPatrol.self, fixed: ["route": patrol.route],
            title: Label("\(patrol.route) · 另一个点", en: "\(patrol.route) · another point"))
    }

    private func finish(_ patrol: Patrol, _ context: Context) -> Intent {
        if let reason = disabledReason(patrol, context) { return .error(reason) }
        return .perform(
            FinishPatrol(patrol: id), done: Label("\(patrol.route)：巡逻结束", en: "\(patrol.route): finished"))
    }

    // MARK: Picture

    private func picture(_ patrol: Patrol, in screen: Rect, _ context: Context) -> PatrolPicture {
        PatrolPicture(patrol, selection: selection, in: screen, context)
    }

    /// A click on a point selects it, a second one acts as Enter.
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult {
        guard mouse.action == .press(.left), let patrol = context.estate.patrols[id] else { return .ignored }
        guard let point = picture(patrol, in: rect, context).point(at: mouse.position) else { return .handled() }
        if point == selection { return handle(.key(.enter), context) }
        selection = point
        return .handled()
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        grid.cursor = nil
        guard let patrol = context.estate.patrols[id] else { return }
        picture(patrol, in: rect, context).draw(into: &grid, rect: rect)
    }

    func hints(_ context: Context) -> [KeyHint] {
        let back = KeyHint("Esc", context(Label("返回", en: "back")), priority: 5)
        guard let patrol = context.estate.patrols[id], disabledReason(patrol, context) == nil else { return [back] }
        return [
            KeyHint("Enter", context(Label("打点", en: "reached")), priority: 6),
            KeyHint("↑↓←→", context(Label("选点", en: "choose")), priority: 4),
            KeyHint("F8", context(Label("别的点", en: "another")), priority: 2),
            KeyHint("Ctrl-E", context(Label("结束", en: "finish")), priority: 5), back,
        ]
    }

    /// In linear mode a number selects a point of the route, and an empty line does what Enter does on it.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return [.enter] }
        let count = context.estate.patrols[id]?.points.count ?? 0
        guard let number = Int(line.halfwidth), (1...max(1, count)).contains(number) else { return nil }
        return [.home] + Array(repeating: .tab, count: number - 1)
    }

    /// The next point, what was missed, then the points with their numbers.
    func spoken(_ context: Context) -> [String] {
        guard let patrol = context.estate.patrols[id] else { return [] }
        let progress = context.estate.progress(of: patrol)
        let picture = picture(patrol, in: Rect(Size(width: 80, height: 24)), context)
        let points = patrol.points.enumerated().map { index, point in
            let chosen = index == selection ? context(Label("（选中）", en: " (selected)")) : ""
            return "\(index + 1)\(chosen) \(point)，\(picture.words(of: index, progress))"
        }
        return picture.heading + points
    }
}
