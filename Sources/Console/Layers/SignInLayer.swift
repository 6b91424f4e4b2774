import Estate
import Screen

/// Who is at the console: chosen from the staff, by name, pinyin or number.
struct SignInLayer: Layer {
    private var list: ChoiceList<StaffMember>

    init(_ context: Context) {
        list = ChoiceList(
            context.estate.staff.members.values.map { member in
                .init(
                    choice: member, name: Line(member.name, .strong), detail: Line(context(member.role.label), .muted),
                    trailing: Line(member.code, .faint), words: [member.name, member.code, member.role.label.chinese])
            }, context)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        switch event {
        case .key(.enter):
            guard let member = list.selected?.choice else { return .stay }
            return .leave { session, _ in
                session.signIn(member)
                return [.findDrafts(isAsked: false)]
            }
        // Nobody works here unnamed.
        case .key(.escape): return context.member == nil ? .stay : .close
        case .key(.function(10)), .key(.control("q")): return .perform([.quit])
        default:
            _ = list.handle(event, context)
            return .stay
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        list.draw(
            into: &grid, rect: rect,
            title: [
                Span(context.estate.name, .title), Span(context(Label(" · 请选择您是谁", en: " · who are you?")), .text),
            ],
            placeholder: context(Label("姓名、拼音或工号", en: "name, pinyin or number")),
            empty: context(Label("没有这位员工", en: "no such staff member")))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("登录", en: "sign in")), priority: 4),
            KeyHint("F10", context(Label("退出", en: "quit")), priority: 2),
        ]
    }
}

extension Session {
    /// The member's own layout comes up; what lies open stays as it was only for the same member.
    mutating func signIn(_ member: StaffMember) {
        if signedIn != member.code { given = Given() }
        signedIn = member.code
        notice = nil
        arrangement = .of(member.role)
        focus = arrangement.first
        isZoomed = false
    }
}
