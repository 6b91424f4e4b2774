import Foundation
import Testing

/// A guard at one console.
struct GuardConsole {
    let tmux: Tmux
    let window: String

    init(_ tmux: Tmux, _ window: String) { (self.tmux, self.window) = (tmux, window) }

    func press(_ keys: String...) throws { for key in keys { try tmux.press(key, in: window) } }
    func type(_ text: String) throws { try tmux.type(text, in: window) }
    func expect(_ texts: String..., at location: SourceLocation = #_sourceLocation) throws {
        for text in texts { try tmux.expect(text, in: window, at: location) }
    }

    /// Answers yes to a question, after the pause in which Enter does not count.
    func agree() throws {
        Thread.sleep(forTimeInterval: 0.8)
        try press("Enter")
    }

    /// Registers a visitor: the name, the room, nothing else.
    func arrive(_ name: String) throws {
        try press("F8")
        try expect("来访登记")
        try type(name)
        try press("Enter")
        try type("３２５０１")
        try press("C-s")
        try expect("登记 · \(name)")
    }

    /// Lets a visitor out: the name filters, Enter ends the filter, Enter asks.
    func leave(_ name: String) throws {
        try type(name)
        try expect("筛选 \(name)")
        try press("Enter", "Enter")
        try expect("\(name)（3-2-501）现在离场？")
        try agree()
        try expect("\(name) 已离场")
        try press("Escape")
    }

    /// The checklist, with one torch sent for repair, and who takes over. The names of a few people stand in the form, those
    /// of many in a question before it.
    func handOver(to next: String, people: Int, afterAlarm: Bool = false) throws {
        try press("C-g")
        try expect("交班 · 门岗", "0/20")
        try press("Enter")
        try expect("1/20")
        try agree()
        try expect("2/20", "\(people) 人，按名移交")
        var done = 2
        for answer in ["０", "０", "０", "０", "２", "４", "１", "２", "１", "２", "２", "２", "６", "５", "２", "０", "０", "０"] {
            if afterAlarm, done == 5 {
                // There was an alarm: none is no answer.
                try type(answer)
                try expect("系统里有记录，不能写无")
                try press("Enter")
                try expect("应急 1 次，见事件记录")
            } else {
                try type(answer)
            }
            if answer == "１", done == 8 {
                try press("Enter")
                try expect("手电 1/2 不符")
                try type("一支送修")
                try press("Enter")
            }
            done += 1
            try expect("\(done)/20")
        }
        try press("C-s")
        try expect("移交 \(people) 人")
        if people > 5 {
            try expect("以下访客一并移交？")
            try agree()
        }
        try expect("接班人")
        try type(next)
        try press("C-s")
        try expect("✓ 交班 · 门岗")
    }

    /// Signs for the handover, each item by itself.
    func sign(from former: String) throws {
        try press("C-g")
        try expect("签收 · 门岗  \(former)", "手电 1/2 一支送修")
        for count in 1...11 {
            Thread.sleep(forTimeInterval: 0.8)
            try press("Enter")
            try expect("\(count)/12")
        }
        try type("０")
        try expect("12/12")
        try press("C-s")
        try expect("签收 \(former) 的交班，接 门岗 的班？")
        try agree()
        try expect("已接 门岗 的班")
    }
}
