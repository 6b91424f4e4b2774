import Estate
import Screen

extension Command {
    /// The commands that work everywhere.
    static let global: [Command] =
        [
            Command(
                "help", Label("帮助", en: "Help"), doc: Label("当前可用的全部按键", en: "every key that works here"),
                keys: [.function(1), .character("?")], priority: 9, worksOverLayers: true,
                run: { session, context in
                    guard let top = session.layers.last, !top.yieldsToCommands else {
                        return .open(PaletteLayer.help(session, context))
                    }
                    return top.help(context).map { .open($0) } ?? .none
                })
        ]
        + Windows.all.map { window in
            Command(
                "focus.\(window.name)", window.label,
                doc: Label("切换到“\(window.label.chinese)”", en: "go to “\(window.label.english)”"),
                keys: Windows.order(for: nil).firstIndex(of: window.name).map { [.function($0 + 2)] } ?? [],
                priority: 0,
                parksLayers: { session, context in session.urgentBadge(ofWindow: window.name, context) != nil },
                run: { session, context in
                    // Over a layer the key of an urgent window also attends to it: one key answers the telephone.
                    let key = session.layers.isEmpty ? nil : session.urgentBadge(ofWindow: window.name, context)?.key
                    return .several([.window(window.name)] + (key.map { [.press($0)] } ?? []))
                })
        } + [
            Command(
                "new", Label("新建", en: "New"), doc: Label("新建当前窗格的记录", en: "a new record for this pane"),
                keys: [.function(8), .character("n")], priority: 8,
                action: { $0.focusedWindow.creatingPane?.creates },
                disabledReason: { session, context in
                    guard let action = session.focusedWindow.creatingPane?.creates else {
                        return Label("这里没有可新建的记录", en: "this pane has no new-record form")
                    }
                    return context.disabledReason(action)
                },
                run: { session, context in
                    guard let pane = session.focusedWindow.creatingPane, let action = pane.creates else { return .none }
                    return .fill(FormRequest(action: action, prefill: pane.proposal(context)))
                }),
            Command(
                "palette", Label("命令", en: "Commands"),
                doc: Label("执行任何命令；去到房号、住户、车牌或未结事项", en: "do anything; go to a unit, resident, plate or open case"),
                keys: [.function(9), .control("p")], priority: 8,
                run: { session, context in .open(PaletteLayer.everything(session, context)) }),
            importing,
        ] + Windows.commands + [
            Command(
                "quit", Label("退出", en: "Quit"), doc: Label("退出控制台", en: "leave the console"),
                keys: [.function(10), .control("q")], priority: 7,
                run: { session, context in
                    let reason = session.panes.lazy.compactMap { $0.busyReason(context) }.first
                    return .confirm(
                        Label("退出控制台？", en: "Leave the console?"),
                        about: [reason, Label("没有提交的内容保留为草稿", en: "what was not sent is kept as a draft")].compactMap {
                            $0
                        },
                        yes: Label("退出", en: "leave"), .effect(.quit))
                }),
            Command(
                "next", Label("下一窗格", en: "Next pane"), doc: Label("下一个窗格", en: "the next pane"),
                keys: [.tab], priority: 2, run: { _, _ in .focusNext(1) }),
            Command(
                "previous", Label("上一窗格", en: "Previous pane"), doc: Label("上一个窗格", en: "the previous pane"),
                keys: [.backTab], priority: 0, run: { _, _ in .focusNext(-1) }),
            Command(
                "zoom", Label("放大", en: "Zoom"), doc: Label("放大或还原当前窗格", en: "zoom this pane, or restore the layout"),
                keys: [.function(12), .control("w")], priority: 3, run: { _, _ in .toggleZoom }),
            Command(
                "signIn", Label("换人", en: "Sign in"), doc: Label("换一位员工登录", en: "another staff member signs in"),
                keys: [.control("t")], priority: 1, run: { _, context in .open(SignInLayer(context)) }),
            lock,
            pin, staffPIN,
            Command(
                "verify", Label("核对日志", en: "Check the journal"),
                doc: Label("从头核对全部日志和镜像，不耽误工作", en: "read all of the journal and its mirror, beside the work"),
                keys: [.control("y")], priority: 0,
                disabledReason: { session, _ in
                    session.verifying.map { _ in Label("正在核对日志", en: "the journal is being checked") }
                },
                run: { _, _ in .effect(.verify) }),
            drafts, undo,
            Command(
                "redraw", Label("重绘", en: "Redraw"), doc: Label("重绘屏幕", en: "paint the screen anew"),
                keys: [.control("l")], priority: 0, worksOverLayers: true, run: { _, _ in .effect(.redraw) }),
            Command(
                "suspend", Label("挂起", en: "Suspend"), doc: Label("挂起到后台（fg 返回）", en: "suspend; fg comes back"),
                keys: [.control("z")], priority: 0, worksOverLayers: true, run: { _, _ in .effect(.suspend) }),
            Command(
                "mouse", Label("鼠标开关", en: "Mouse"),
                doc: Label("鼠标归控制台，或还给终端以选取文字", en: "the mouse for the console, or for the terminal's own selection"),
                keys: [.control("^")], priority: 0, worksOverLayers: true,
                disabledReason: { _, context in
                    context.hasMouse ? nil : Label("启动时用了 --no-mouse", en: "it was started with --no-mouse")
                },
                run: { session, context in
                    let key = context.keys.key(of: "mouse")
                    let words =
                        session.usesMouse
                        ? Label("鼠标已还给终端，可选取文字；\(key) 收回", en: "the mouse is the terminal's: \(key) takes it back")
                        : Label("鼠标归控制台：点选、滚动", en: "the mouse is the console's: click and scroll")
                    return .several([.toggleMouse, .say(words)])
                }),
        ] + layout

    static let pin = Command(
        "pin", Label("设置密码", en: "Set a PIN"),
        doc: Label("设置、更改或清除自己的密码", en: "set, change or remove your own PIN"), keys: [.control("v")],
        priority: 0,
        disabledReason: { _, context in
            guard let member = context.member else { return Label("请先登录", en: "sign in first") }
            return context.estate.staff.firstPINRefusal(of: member)?.message
        },
        run: { _, context in
            context.member.map { .open(PINLayer(isKnown: context.estate.staff.hasPIN($0.code))) } ?? .none
        })

    static let staffPIN = Command(
        "pin.staff", Label("为员工设密码", en: "Set another’s PIN"),
        doc: Label("为一位员工设置密码，由本人当面输入", en: "set the PIN of a member, who types it here"), keys: [],
        priority: 0, action: { _ in ClearPIN.self },
        disabledReason: { _, context in
            guard let member = context.member else { return Label("请先登录", en: "sign in first") }
            if let reason = context.disabledReason(ClearPIN.self) { return reason }
            let key = context.keys.key(of: "pin")
            return context.estate.staff.hasPIN(member.code)
                ? nil : Label("请先用 \(key) 设置自己的密码", en: "set your own PIN first, with \(key)")
        },
        run: { _, context in .open(StaffPINLayer(context)) })

    static let drafts = Command(
        "drafts", Label("草稿", en: "Unsent"),
        doc: Label("未提交的表单：继续填写或丢弃", en: "forms that were not sent: go on, or throw away"),
        keys: [.control("]")], priority: 0,
        run: { session, _ in session.parked.isEmpty ? .effect(.findDrafts(isAsked: true)) : .unpark })

    static let undo = Command(
        "undo", Label("撤销", en: "Undo"),
        doc: Label("撤销自己今天的最后一项操作（先显示内容）", en: "take back what you did last today (it is shown first)"),
        keys: [.control("_")], priority: 1,
        disabledReason: { _, context in context.disabledReason(UndoAction.self) }, run: askToUndo)

    static let lock = Command(
        "lock", Label("锁屏", en: "Lock"), doc: Label("锁定屏幕，凭密码继续", en: "hide the screen until the PIN is given"),
        keys: [.control("x")], priority: 0, worksOverLayers: true,
        disabledReason: { session, context in
            guard let member = context.member else { return Label("请先登录", en: "sign in first") }
            if context.estate.staff.hasPIN(member.code) { return nil }
            if Command.pin.disabledReason(session, context) != nil {
                return Label("没有密码：请经理设置", en: "there is no PIN yet: a manager sets it")
            }
            let key = context.keys.key(of: "pin")
            return Label("没有密码：先用 \(key) 设置", en: "there is no PIN yet: set one with \(key)")
        },
        run: { _, _ in .lock })

    @Sendable private static func askToUndo(_ session: Session, _ context: Context) -> Intent {
        guard let member = context.member else { return .none }
        do {
            let action = try context.estate.nextUndo(of: member.code, at: context.now)
            let (time, what) = (context.clock(action.written), context.estate.label(of: action))
            return .confirm(
                Label("撤销 \(time) 的操作？", en: "Undo what you did at \(time)?"),
                about: [what, Label("撤销后不再计入，日志中仍可查", en: "it will no longer count; the journal still shows it")],
                yes: Label("撤销", en: "undo"),
                .perform(
                    UndoAction(action), done: Label("已撤销：\(what.chinese)", en: "undone: \(what.english)"),
                    // Selects a record that the undone action had changed.
                    then: [.select(context.estate.affectedIDs(of: action))]))
        } catch {
            return .error(error)
        }
    }
}
