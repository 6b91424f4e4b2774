import Estate
import Screen

extension Command {
    /// The commands that work everywhere.
    static let global: [Command] =
        [
            Command(
                "help", Label("帮助", en: "Help"), doc: Label("当前可用的全部按键", en: "every key that works here"),
                keys: [.function(1), .character("?")], priority: 9,
                run: { session, context in
                    session.open(PaletteLayer.help(session, context))
                    return []
                })
        ]
        + panes.enumerated().map { index, pane in
            Command(
                "focus.\(pane.name)", pane.label,
                doc: Label("切换到“\(pane.label.chinese)”", en: "go to “\(pane.label.english)”"),
                keys: [.function(index + 2)], priority: 0,
                run: { session, _ in
                    session.focus(pane.name)
                    return []
                })
        } + [
            Command(
                "new", Label("新建", en: "New"), doc: Label("新建当前窗格的记录", en: "a new record for this pane"),
                keys: [.function(8), .character("n")], priority: 8,
                whyNot: { session, context in
                    guard let action = session.focused.creates else {
                        return Label("这里没有可新建的记录", en: "nothing is made here")
                    }
                    return context.whyNot(action)
                },
                run: { session, context in
                    if let action = session.focused.creates {
                        session.fill(in: action, context, given: session.focused.proposal(context))
                    }
                    return []
                }),
            Command(
                "palette", Label("命令", en: "Commands"),
                doc: Label("执行任何命令；去到房号、住户、车牌或未结事项", en: "do anything; go to a unit, resident, plate or open case"),
                keys: [.function(9), .control("p")], priority: 8,
                run: { session, context in
                    session.open(PaletteLayer.everything(session, context))
                    return []
                }),
            Command(
                "phrases", Label("用语", en: "Phrases"),
                doc: Label("十二类礼貌用语，此时合用的在前", en: "the courtesy phrases, those that fit now first"),
                keys: [.function(11)], priority: 3,
                run: { session, context in
                    let call = session.pane(CallPane.self)?.call(context)
                    let now = PhraseOccasion(context.now, in: context.estate.zone)
                    session.open(PhrasesLayer(call.map { CallScript($0, context).occasion } ?? now, context))
                    return []
                }),
            Command(
                "quit", Label("退出", en: "Quit"), doc: Label("退出控制台", en: "leave the console"),
                keys: [.function(10), .control("q")], priority: 7,
                run: { session, context in
                    // A call is not left by a stray key.
                    guard session.pane(CallPane.self)?.call(context) != nil else { return [.quit] }
                    session.open(
                        ConfirmLayer(
                            question: Label("通话还没有结束，仍要退出？", en: "a call is not over: leave all the same?"),
                            yes: Label("退出", en: "leave"), effects: [.quit]))
                    return []
                }),
            Command(
                "next", Label("下一窗格", en: "Next pane"), doc: Label("下一个窗格", en: "the next pane"),
                keys: [.tab], priority: 2,
                run: { session, _ in
                    session.focusNext(1)
                    return []
                }),
            Command(
                "previous", Label("上一窗格", en: "Previous pane"), doc: Label("上一个窗格", en: "the previous pane"),
                keys: [.backTab], priority: 0,
                run: { session, _ in
                    session.focusNext(-1)
                    return []
                }),
            Command(
                "zoom", Label("放大", en: "Zoom"), doc: Label("放大或还原当前窗格", en: "give this pane the whole screen, or not"),
                keys: [.function(12), .control("w")], priority: 3,
                run: { session, _ in
                    session.isZoomed.toggle()
                    return []
                }),
            Command(
                "signIn", Label("换人", en: "Sign in"), doc: Label("换一位员工登录", en: "another staff member signs in"),
                keys: [.control("t")], priority: 1,
                run: { session, context in
                    session.open(SignInLayer(context))
                    return []
                }),
            lock,
            Command(
                "pin", Label("设置密码", en: "Set a PIN"),
                doc: Label("设置、更改或清除自己的密码", en: "set, change or remove your own PIN"), keys: [.control("v")],
                priority: 0,
                whyNot: { _, context in context.member == nil ? Label("请先登录", en: "sign in first") : nil },
                run: { session, context in
                    if let member = context.member {
                        session.open(PINLayer(isKnown: context.estate.staff.hasPIN(member.code)))
                    }
                    return []
                }),
            Command(
                "verify", Label("核对日志", en: "Check the journal"),
                doc: Label("从头核对全部日志和镜像，不耽误工作", en: "read all of the journal and its mirror, beside the work"),
                keys: [.control("y")], priority: 0,
                whyNot: { session, _ in
                    session.verifying.map { _ in Label("正在核对日志", en: "the journal is being checked") }
                },
                run: { session, _ in
                    session.verifying = 0
                    return [.verify]
                }),
            Command(
                "drafts", Label("草稿", en: "Unsent"),
                doc: Label("未提交的表单：继续填写或丢弃", en: "forms that were not sent: go on, or throw away"),
                keys: [.control("]")], priority: 0, run: { _, _ in [.findDrafts(isAsked: true)] }),
            Command(
                "undo", Label("撤销", en: "Undo"),
                doc: Label("撤销自己今天的最后一项操作（先显示内容）", en: "take back what you did last today (it is shown first)"),
                keys: [.control("_")], priority: 1, whyNot: { _, context in context.whyNot(UndoAction.self) },
                run: askToUndo),
            Command(
                "redraw", Label("重绘", en: "Redraw"), doc: Label("重绘屏幕", en: "paint the screen anew"),
                keys: [.control("l")], priority: 0,
                run: { _, _ in [.redraw] }),
            Command(
                "suspend", Label("挂起", en: "Suspend"), doc: Label("挂起到后台（fg 返回）", en: "suspend; fg comes back"),
                keys: [.control("z")], priority: 0,
                run: { _, _ in [.suspend] }),
            Command(
                "mouse", Label("鼠标开关", en: "Mouse"),
                doc: Label("鼠标归控制台，或还给终端以选取文字", en: "the mouse for the console, or for the terminal's own selection"),
                keys: [.control("^")], priority: 0,
                whyNot: { _, context in
                    context.hasMouse ? nil : Label("启动时用了 --no-mouse", en: "it was started with --no-mouse")
                },
                run: { session, context in
                    session.usesMouse.toggle()
                    let key = context.keys.key(of: "mouse")
                    let words =
                        session.usesMouse
                        ? Label("鼠标归控制台：点选、滚动", en: "the mouse is the console's: click and scroll")
                        : Label("鼠标已还给终端，可选取文字；\(key) 收回", en: "the mouse is the terminal's: \(key) takes it back")
                    session.say(context(words), context)
                    return []
                }),
        ] + layout

    /// Works over everything that lies open, too.
    static let lock = Command(
        "lock", Label("锁屏", en: "Lock"), doc: Label("锁定屏幕，凭密码继续", en: "hide the screen until the PIN is given"),
        keys: [.control("x")], priority: 0,
        whyNot: { session, context in
            guard let member = context.member else { return Label("请先登录", en: "sign in first") }
            let key = context.keys.key(of: "pin")
            return context.estate.staff.hasPIN(member.code)
                ? nil : Label("没有密码：先用 \(key) 设置", en: "there is no PIN yet: set one with \(key)")
        },
        run: { session, context in
            session.lock(context)
            return []
        })

    /// The panes, in the order of their keys from F2 on.
    static let panes: [any Pane] = [
        CallPane(), ListPane<RequestList>(), ListPane<FollowUpList>(), ListPane<FeeList>(), ListPane<GateList>(),
        ListPane<InspectionList>(),
    ]

    @Sendable private static func askToUndo(_ session: inout Session, _ context: Context) -> [Effect] {
        guard let member = context.member else { return [] }
        do {
            let action = try context.estate.nextUndo(of: member.code, at: context.now)
            let (time, what) = (context.clock(action.written), context.estate.label(of: action))
            let touched = context.estate.affectedIDs(of: action)
            session.open(
                ConfirmLayer(
                    question: Label("撤销 \(time) 的操作？", en: "Undo what you did at \(time)?"),
                    about: [what, Label("撤销后不再计入，日志中仍可查", en: "it will no longer count; the journal still shows it")],
                    yes: Label("撤销", en: "undo"),
                    effects: [
                        .perform(
                            UndoAction(action),
                            done: Label("已撤销：\(what.chinese)", en: "taken back: \(what.english)")
                        ) { session, _ in
                            // What is as it was before is what one goes on with.
                            session.select(touched)
                            return []
                        }
                    ]))
        } catch {
            session.say(context((error as? Refusal)?.message ?? .none), isTrouble: true, context)
        }
        return []
    }
}
