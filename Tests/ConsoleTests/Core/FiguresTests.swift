import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// A figure opens exactly the cases that it counts.
@Suite struct FiguresTests {
    /// Two months of visits: on time, late, by the wrong people, by the member who did the work, and missing.
    private func console(size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "周主管", size: size, now: "2026-10-01 09:00")
        func visit(_ unit: String, _ requestClass: String, done: String, visited: String?, by visitors: String) throws {
            console.at("\(done) 09:00")
            let request = try console.estate.do(
                "request.open", ["class": requestClass, "unit": unit, "text": "\(requestClass) \(done)"])
            try console.estate.do("request.complete", ["request": request, "workers": "S06"])
            guard let visited else { return }
            console.at("\(visited) 10:00")
            let followUp = try #require(console.store.estate.followUps.of(Ref(text: request, zone: .shanghai)).first)
            try console.estate.do(
                "followup.record",
                [
                    "followup": followUp.id.id.text, "result": "satisfied", "visitors": visitors, "signer": "李四",
                ], by: "S02")
        }
        try visit("3-2-501", "complaint", done: "2026-10-05", visited: "2026-10-06", by: "S05,S04")
        try visit("3-2-501", "complaint", done: "2026-11-02", visited: "2026-11-03", by: "S05,S06")
        try visit("3-2-502", "complaint", done: "2026-11-03", visited: "2026-11-09", by: "S05")
        try visit("3-2-601", "complaint", done: "2026-11-10", visited: nil, by: "")
        try visit("5-1-1201", "repair.minor", done: "2026-11-11", visited: "2026-11-12", by: "S04,S06")
        try visit("5-1-1201", "repair.minor", done: "2026-11-22", visited: nil, by: "")
        console.at("2026-11-23 09:00")
        console.open("followups")
        return console
    }

    @Test func figuresPicture() throws {
        let console = try console()
        console.press("Ctrl-S")
        let first = try #require(console.lines.firstIndex { $0.contains("回访率 · ") })
        #expect(
            console.lines[first..<first + 9].joined(separator: "\n") == """
                ╭─ 回访率 · 2026-11 ───────────────────────────────────────────────────────────╮
                │ 类别          应回访 已回访 未回访   及时   逾期 不合规  回访率/标准 及时率% │
                │▌投诉              3      2      1      1      1      2   66.66/100 ✗   33.33 │
                │ 零星维修          1      1      0      1      0      1  100.00/100 ✓  100.00 │
                │ 维修工程          0      0      0      0      0      0         —/100       — │
                │ 特约服务          0      0      0      0      0      0         —/100       — │
                │ 文体活动          0      0      0      0      0      0          —/70       — │
                │ 其他服务          0      0      0      0      0      0        —/未定       — │
                ╰──────────────────────────────────────────────────────────────────────────────╯
                """)
    }

    /// For every class, month and figure: its cases are those that a script's filters list.
    @Test func everyFigureAgreesWithWhatScriptsSee() throws {
        let console = try console()
        let (context, zone) = (console.controller.context, Zone.shanghai)
        let filters: [[String: String]] = [
            [:], ["covered": "yes"], ["covered": "no"], ["onTime": "yes"], ["covered": "yes", "onTime": "no"],
        ]
        var total = 0
        for month in ["2026-10", "2026-11"] {
            let period = try Period(text: month, zone: zone)
            let rates = try RatesView(period: period).rows(of: console.store.estate, at: console.store.now)
            for (row, rate) in zip(Figures.rates.rows(period, context), rates) {
                #expect(row.counts[0].cases.count == rate.matured)
                #expect(row.counts[1].cases.count == rate.covered)
                #expect(row.counts[3].cases.count == rate.onTime)
                for (count, filter) in zip(row.counts, filters) {
                    let members = filter.merging(["class": rate.class.rawValue, "period": month]) { $1 }
                    let shown = try FollowUpsView.select(
                        of: console.store.estate, at: console.store.now, members: members.mapValues { .string($0) })
                    #expect(shown.rows.count == count.cases.count, "\(month) \(rate.class) \(filter)")
                    total += count.cases.count
                }
            }
        }
        #expect(total > 10)
    }

    @Test func enterListsTheCasesAndThenOneOfThem() throws {
        let console = try console()
        console.press("Ctrl-S", "Right", "Right", "Enter")
        console.expect("2026-11 · 投诉 · 未回访")
        console.expect("3-2-601", near: "未回访")
        console.expectNot("complaint 2026-11-02")
        console.press("Enter")
        console.expect("期限", near: "2026-11-13  逾期")
        console.press("Esc", "Esc", "Right", "Right", "Right", "Enter")
        console.expect("2026-11 · 投诉 · 不合规")
        console.expect("3-2-501", near: "承办人自访 · ")
        console.expect("3-2-502", near: "人员不符 · ")
        console.press("Esc", "PageUp", "Left", "Left", "Enter")
        console.expect("2026-10 · 投诉 · 及时")
        console.expect("3-2-501", near: "10-06 吴区域、周主管")
        console.press("Esc", "Esc")
        console.expectNot("回访率 ·")
    }

    @Test func noMonthLiesAheadAndAnEmptyFigureSaysSo() throws {
        let console = try console()
        console.press("Ctrl-S", "PageDown")
        console.expect("回访率 · 2026-11")
        console.press("Down", "Down", "Down", "Enter")
        console.expect("没有")
        console.expectNothingRecorded { console.press("Enter", "Space", "Esc", "Esc") }
    }

    @Test func aFigureIsClicked() throws {
        let console = try console()
        console.press("Ctrl-S")
        let y = try #require(console.lines.firstIndex { $0.contains("33.33") })
        let grid = console.grid
        let header = try #require((0..<grid.size.width).first { grid[$0, y - 1].text == "及" })
        for _ in 0..<2 {
            console.controller.send(.mouse(Mouse(.press(.left), at: Point(x: header + 2, y: y))))
        }
        console.expect("2026-11 · 投诉 · 及时")
    }

    @Test func theTelephonesFiguresOpenTheirCalls() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24))
        for (rings, by) in [("2", "S02"), ("5", "S02"), ("1", "S04"), ("", "S02")] {
            let call = try console.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: by)
            if rings.isEmpty {
                try console.estate.do("call.end", ["call": call], by: by)
            } else {
                try console.estate.do("call.answer", ["call": call, "rings": rings, "greeting": "yes"], by: by)
                try console.estate.do("call.end", ["call": call, "closing": "yes", "hungUp": "yes"], by: by)
            }
        }
        _ = console.controller.catchUp()
        let quality = try CallQualityView().rows(of: console.store.estate, at: console.store.now)
        let figures = Figures.calls.rows(Period(console.controller.context.today), console.controller.context)
        #expect(figures.map(\.name) == quality.map(\.name))
        for (row, day) in zip(figures, quality) {
            #expect(row.counts.map(\.cases.count).prefix(3) == [day.calls, day.answered, day.inTime])
            #expect(row.counts[3].cases.count == day.answered - day.inTime)
            #expect(row.counts[4].cases.count == day.missed && row.counts[5].cases.count == day.returned)
        }
        console.open("calls")
        console.press("Ctrl-S")
        console.expect("接听质量 · 2026-11")
        console.expect("王芳", near: "50.00")
        console.press("Right", "Right", "Right", "Enter")
        console.expect("王芳 · 超三声")
        console.expect("3-2-501", near: "超过三声")
        console.press("Enter")
        console.expect("铃声", near: "5")
    }
}
