import Estate
import Screen

/// Chooses the member who signs in, by name, pinyin or number, and asks for their PIN if they have one. In an estate with
/// PINs nothing else is shown before the first sign-in.
struct SignInLayer: AskingLayer, ChoiceLayer {
    var list: ChoiceList<StaffMember>
    /// The chosen member's PIN is asked for.
    private var prompt: PINPrompt?

    init(_ context: Context, asking member: StaffMember? = nil) {
        prompt = member.flatMap { context.estate.staff.hasPIN($0.code) ? PINPrompt($0) : nil }
        list = ChoiceList(members: context.estate.staff.present, context)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.function(10)), .key(.control("q")): return .handled([.effect(.quit)])
        case .key(.escape) where prompt != nil: prompt = nil
        case _ where prompt != nil: return prompt?.handle(event, context) ?? .ignored
        // Esc cannot skip the first sign-in.
        case .key(.escape) where context.member == nil: break
        default: return choose(by: event, context)
        }
        return .handled()
    }

    mutating func take(_ member: StaffMember, _ context: Context) -> LayerResult {
        if let refusal = context.estate.staff.pinNeeded(by: member) { return .handled([.error(refusal)]) }
        guard context.estate.staff.hasPIN(member.code) else { return .dismissed([.signIn(member)]) }
        prompt = PINPrompt(member)
        return .handled()
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        prompt == nil && list.click(at: point, in: screen, measure)
    }

    mutating func show(_ refusal: Refusal, _ context: Context) { prompt?.trouble = context(refusal.message) }

    func hidesAll(_ context: Context) -> Bool { context.member == nil && !context.estate.staff.pins.isEmpty }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        if let prompt { return prompt.draw(into: &grid, rect: rect, title: Line(context.estate.name, .title), context) }
        list.draw(into: &grid, rect: rect, heading(context), context)
    }

    func heading(_ context: Context) -> ChoiceHeading {
        ChoiceHeading(
            title: [
                Span(context.estate.name, .title), Span(context(Label(" · 请选择您是谁", en: " · who are you?")), .text),
            ],
            placeholder: .memberPlaceholder, empty: .noSuchMember)
    }

    func keys(answering line: String, _ context: Context) -> [Key]? {
        prompt == nil ? choosing(line, context) : Key.typing(anew: line) + [.enter]
    }

    func spoken(_ context: Context) -> [String] { prompt == nil ? choices(context) : pictured(context) }

    func hints(_ context: Context) -> [KeyHint] {
        if prompt != nil {
            return [
                KeyHint("Enter", context(Label("登录", en: "sign in")), priority: 4),
                KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
            ]
        }
        return [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("登录", en: "sign in")), priority: 4),
            KeyHint("F10", context(Label("退出", en: "quit")), priority: 2),
        ]
    }
}

extension ChoiceList<StaffMember> {
    /// Staff members, found by name, pinyin, number or post.
    init(members: [StaffMember], _ context: Context) {
        self.init(
            members.map { member in
                .init(
                    choice: member, name: Line(member.name, .strong), detail: Line(context(member.role.label), .muted),
                    trailing: Line(member.code, .faint), words: [member.name, member.code, member.role.label.chinese])
            }, context)
    }
}

extension Label {
    static let memberPlaceholder = Label("姓名、拼音或工号", en: "name, pinyin or number")
    static let noSuchMember = Label("没有这位员工", en: "no such staff member")
}
