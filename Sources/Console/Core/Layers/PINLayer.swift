import Estate
import Screen

/// Changes the member's own PIN: asks for the present one, then for the new one twice. An empty new PIN removes it. Or sets
/// that of another member, who types it twice.
struct PINLayer: AskingLayer {
    private var fields: [(label: Label, field: PINField)]
    private var current = 0
    private let isKnown: Bool
    /// Whose PIN is set; `nil` for the member's own.
    private let other: StaffMember?
    private var trouble: String?

    /// `isKnown`: there is a present PIN to ask for.
    init(isKnown: Bool, of other: StaffMember? = nil) {
        (self.isKnown, self.other) = (isKnown, other)
        let present = isKnown ? [Label("现在的密码", en: "Present PIN")] : []
        fields = (present + [Label("新密码", en: "New PIN"), Label("再输一次", en: "Once more")]).map { ($0, PINField()) }
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.escape): return .dismissed()
        case .key(.control("s")): return submit(context)
        case .key(.enter) where current == fields.count - 1: return submit(context)
        case .key(.enter), .key(.tab), .key(.down): current = (current + 1) % fields.count
        case .key(.backTab), .key(.up): current = (current + fields.count - 1) % fields.count
        default:
            guard fields[current].field.handle(event) else { return .ignored }
            trouble = nil
        }
        return .handled()
    }

    private mutating func submit(_ context: Context) -> LayerResult {
        let (new, again) = (fields.count - 2, fields.count - 1)
        do {
            let wantsNone = isKnown && fields[new].field.isEmpty && fields[again].field.isEmpty
            let pin = wantsNone ? nil : try taken(new)
            guard try wantsNone || taken(again) == pin else {
                throw Refusal.input("staff.pinDiffers", "两次输入不同，密码未变", en: "the two differ; nothing was changed")
            }
            if let other, let pin { return .handled([.effect(.setPINOf(other, pin))]) }
            return .handled([.effect(.setPIN(pin, current: isKnown ? try taken(0) : nil))])
        } catch {
            trouble = (error as? Refusal).map { context($0.message) }
            for index in [new, again] { fields[index].field.clear() }
            if current != 0 { current = new }
            return .handled()
        }
    }

    private mutating func taken(_ index: Int) throws -> PIN {
        current = index
        return try fields[index].field.take()
    }

    /// Empties all fields: hidden text cannot be corrected.
    mutating func show(_ refusal: Refusal, _ context: Context) {
        trouble = context(refusal.message)
        for index in fields.indices { fields[index].field.clear() }
        current = 0
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let title = Label("设置密码", en: "Set a PIN")
        let heading = other.map { Label("\(title.chinese) · \($0.name)", en: "\(title.english) · \($0.name)") } ?? title
        let labels = fields.map { context($0.label) }
        let width = labels.map { grid.measure.width(of: $0) }.max() ?? 0
        let note =
            trouble.map { Line("\(grid.glyphs.failed) \($0)", .danger) }
            ?? Line(
                context(
                    isKnown
                        ? Label("4–12 位数字；新密码留空即清除", en: "4–12 digits; no new PIN: have none any more")
                        : Label("4–12 位数字", en: "4–12 digits")), .muted)
        let words = Paragraph([note])
        let full = min(rect.width - 4, 56)
        let popup = Popup(
            title: Line(context(heading), .title),
            size: Size(width: full, height: fields.count + 3 + words.height(width: full - 4, grid.measure)))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        for (index, label) in labels.enumerated() {
            let row = inner.row(index)
            grid.put(
                Line(label, index == current ? .accent : .muted),
                in: Rect(x: row.x, y: row.y, width: width, height: 1), align: .right)
            fields[index].field.draw(
                into: &grid, rect: row.inset(left: width + 2, top: 0, right: 0, bottom: 0), isFocused: index == current)
        }
        words.draw(into: &grid, rect: inner.inset(left: 0, top: fields.count + 1, right: 0, bottom: 0))
    }

    func keys(answering line: String, _ context: Context) -> [Key]? { Key.typing(anew: line) + [.enter] }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("Tab", context(Label("换项", en: "move")), priority: 3),
            KeyHint("Ctrl-S", context(Label("提交", en: "submit")), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }
}
