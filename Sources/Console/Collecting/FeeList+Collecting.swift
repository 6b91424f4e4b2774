import Estate
import Screen

/// The commands of the arrears list for collecting: groups, the next debtor, letters.
extension FeeList {
    static let collecting: [Command] = [
        Command(
            "fees.groups", Label("汇总", en: "Groups"),
            doc: Label(
                "按楼栋、账龄、催缴人、承诺汇总，再按换一种；Enter 进入一组",
                en: "by building, age, collector, promise: again for the next; Enter goes into a group"),
            keys: [.control("b")], priority: 7,
            run: { session, context in
                let settings = session.pane(ListPane<FeeList>.self)?.settings ?? ListSettings()
                return .open(ArrearsGroupsLayer(.building, settings, context))
            }),
        Command(
            "fees.next", Label("下一户", en: "Call next"),
            doc: Label("致电下一户：跳过今天催过的、承诺未到期的、催够次数的", en: "call the next who is to be called"),
            keys: [.control("n")], priority: 5, action: { _ in RingCall.self },
            disabledReason: { session, context in
                next(session, context) == nil
                    ? Label("下面没有要打的了", en: "nobody below is to be called") : context.disabledReason(RingCall.self)
            },
            run: { session, context in
                next(session, context).map { .several([.select([id($0)]), .run("fees.call")]) } ?? .none
            }),
        rowCommand(
            "fees.mark", Label("选中", en: "Mark"), doc: Label("选中这一户，再按取消；几户一起打印催缴函、登记送达", en: "mark the household"),
            keys: [.control("g")], priority: 3
        ) { _, _ in .pane(.mark, name: name) },
        Command(
            "fees.letter", Label("催缴函", en: "Letter"),
            doc: Label("打印选中各户的催缴函，或登记送达", en: "print the marked households' letters, or record their delivery"),
            keys: [.control("e")], priority: 4,
            disabledReason: { session, context in
                session.pane(ListPane<FeeList>.self)?.markedRows(context).isEmpty ?? true ? nothingSelected : nil
            },
            run: { session, context in
                guard let pane = session.pane(ListPane<FeeList>.self) else { return .none }
                return .open(MenuLayer(lettersTo: pane.markedRows(context), shown: pane.shownRows(context), context))
            }),
    ]

    /// The first household below the selected one, or behind the one just called, that is to be called.
    private static func next(_ session: Session, _ context: Context) -> Row? {
        session.pane(ListPane<FeeList>.self)?.rowsToFollow(context).first(where: \.isToBeCalled)
    }
}
