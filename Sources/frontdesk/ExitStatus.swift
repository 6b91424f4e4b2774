import Estate

/// The exit codes, which scripts rely on.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case usage = 2
    case refused = 3
    case damaged = 4
    case failed = 5

    var label: Label {
        switch self {
        case .done: Label("完成", en: "done")
        case .usage: Label("命令行有误", en: "the command line is wrong")
        case .refused: Label("规则拒绝，说明中写明是哪条", en: "a rule refuses; the message names it")
        case .damaged: Label("数据损坏，没有改动", en: "the data is damaged; nothing was changed")
        case .failed:
            Label(
                "磁盘或别的部分出错；没落盘的不会确认", en: "the disk or another part failed; nothing is acknowledged that is not durable"
            )
        }
    }
}
