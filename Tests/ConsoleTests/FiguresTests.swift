import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// A figure opens exactly the cases that it counts.
@Suite struct FiguresTests {
    /// Two months of visits: made in time, late, by the wrong people, by whoever did the work, and not at all.
    private func desk(size: Size = Size(width: 80, height: 24)) throws -> Script {
        let desk = try Script(as: "周主管", size: size, now: "2026-10-01 09:00")
        func visit(_ unit: String, _ requestClass: String, done: String, visited: String?, by visitors: String) throws {
            desk.at("\(done) 09:00")
            let request = try desk.estate.do(
                "request.open", ["class": requestClass, "unit": unit, "text": "\(requestClass) \(done)"])
            try desk.estate.do("request.complete", ["request": request, "workers": "S06"])
            guard let visited else { return }
            desk.at("\(visited) 10:00")
            let followUp = try #require(desk.store.estate.followUps.of(Ref(text: request, zone: .shanghai)).first)
            try desk.estate.do(
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
        desk.at("2026-11-23 09:00")
        desk.press("F4")
        return desk
    }

    @Test func aPicture() throws {
        let desk = try desk()
        desk.press("Ctrl-S")
        let first = try #require(desk.lines.firstIndex { $0.contains("回访率 · ") })
        #expect(
            desk.lines[first..<first + 9].map { $0.dropFirst().dropLast() }.joined(separator: "\n") == """
                ╭─ 回访率 · 2026-11 ─────────────────────────────────────────────────────────╮
                │ 类别              到期   已访   未访   按时   迟访   偏差   按时率%   标准 │
                │▌投诉                3      2      1      1      1      2    33.33 ✗    100 │
                │ 零星维修            1      1      0      1      0      1   100.00 ✓    100 │
                │ 维修工程            0      0      0      0      0      0          —    100 │
                │ 特约服务            0      0      0      0      0      0          —    100 │
                │ 文体活动            0      0      0      0      0      0          —     70 │
                │ 其他服务            0      0      0      0      0      0          —   未定 │
                ╰────────────────────────────────────────────────────────────────────────────╯
                """)
    }

    /// For every class, month and figure: as many cases as it says, the same as a script's filters list.
    @Test func everyFigureAgreesWithWhatScriptsSee() throws {
        let desk = try desk()
        let (context, zone) = (desk.desk.context, Zone.shanghai)
        let filters: [[String: String]] = [
            [:], ["covered": "yes"], ["covered": "no"], ["onTime": "yes"], ["covered": "yes", "onTime": "no"],
        ]
        var total = 0
        for month in ["2026-10", "2026-11"] {
            let period = try Period(text: month, zone: zone)
            let rates = try RatesView(period: period).rows(of: desk.store.estate, at: desk.store.now)
            for (row, rate) in zip(Figures.rates.rows(period, context), rates) {
                #expect(row.counts[0].cases.count == rate.matured)
                #expect(row.counts[1].cases.count == rate.covered)
                #expect(row.counts[3].cases.count == rate.onTime)
                for (count, filter) in zip(row.counts, filters) {
                    let members = filter.merging(["class": rate.class.rawValue, "period": month]) { $1 }
                    let shown = try FollowUpsView.select(
                        of: desk.store.estate, at: desk.store.now, members: members.mapValues { .string($0) })
                    #expect(shown.rows.count == count.cases.count, "\(month) \(rate.class) \(filter)")
                    total += count.cases.count
                }
            }
        }
        #expect(total > 10)
    }

    @Test func enterListsTheCasesAndThenOneOfThem() throws {
        let desk = try desk()
        desk.press("Ctrl-S", "Right", "Right", "Enter")
        desk.expect("2026-11 · 投诉 · 未访")
        desk.expect("3-2-601", near: "未访")
        desk.expectNot("complaint 2026-11-02")
        desk.press("Enter")
        desk.expect("期限", near: "2026-11-13  逾期")
        desk.press("Esc", "Esc", "Right", "Right", "Right", "Enter")
        desk.expect("2026-11 · 投诉 · 偏差")
        desk.expect("3-2-501", near: "自办自访 · ")
        desk.expect("3-2-502", near: "人员不符 · ")
        desk.press("Esc", "PageUp", "Left", "Left", "Enter")
        desk.expect("2026-10 · 投诉 · 按时")
        desk.expect("3-2-501", near: "10-06 吴区域、周主管")
        desk.press("Esc", "Esc")
        desk.expectNot("回访率 ·")
    }

    @Test func noMonthLiesAheadAndAnEmptyFigureSaysSo() throws {
        let desk = try desk()
        desk.press("Ctrl-S", "PageDown")
        desk.expect("回访率 · 2026-11")
        desk.press("Down", "Down", "Down", "Enter")
        desk.expect("没有")
        desk.expectNothingRecorded { desk.press("Enter", "Space", "Esc", "Esc") }
    }

    @Test func aFigureIsClicked() throws {
        let desk = try desk()
        desk.press("Ctrl-S")
        let y = try #require(desk.lines.firstIndex { $0.contains("33.33") })
        let grid = desk.grid
        let header = try #require((0..<grid.size.width).first { grid[$0, y - 1].text == "按" })
        for _ in 0..<2 {
            desk.desk.send(.mouse(Mouse(.press(.left), at: Point(x: header + 2, y: y))))
        }
        desk.expect("2026-11 · 投诉 · 按时")
    }

    @Test func theTelephonesFiguresOpenTheirCalls() throws {
        let desk = try Script(as: "周主管", size: Size(width: 80, height: 24))
        for (rings, by) in [("2", "S02"), ("5", "S02"), ("1", "S04"), ("", "S02")] {
            let call = try desk.estate.do("call.ring", ["direction": "incoming", "phone": "13800001111"], by: by)
            if rings.isEmpty {
                try desk.estate.do("call.end", ["call": call], by: by)
            } else {
                try desk.estate.do("call.answer", ["call": call, "rings": rings, "greeting": "yes"], by: by)
                try desk.estate.do("call.end", ["call": call, "closing": "yes", "hungUp": "yes"], by: by)
            }
        }
        _ = desk.desk.catchUp()
        let quality = try CallQualityView().rows(of: desk.store.estate, at: desk.store.now)
        let figures = Figures.calls.rows(Period(desk.desk.context.today), desk.desk.context)
        #expect(figures.map(\.name) == quality.map(\.name))
        for (row, day) in zip(figures, quality) {
            #expect(row.counts.map(\.cases.count).prefix(3) == [day.calls, day.answered, day.inTime])
            #expect(row.counts[3].cases.count == day.answered - day.inTime)
            #expect(row.counts[4].cases.count == day.missed && row.counts[5].cases.count == day.returned)
        }
        desk.press("F2", "Ctrl-S")
        desk.expect("接听质量 · 2026-11")
        desk.expect("王芳", near: "50.00")
        desk.press("Right", "Right", "Right", "Enter")
        desk.expect("王芳 · 超三声")
        desk.expect("3-2-501", near: "超过三声")
        desk.press("Enter")
        desk.expect("铃声", near: "5")
    }
}
