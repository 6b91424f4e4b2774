import Estate
import Screen

/// The call pane in linear mode: what is read has numbers, and a number chooses what was read.
extension CallPane {
    /// During a call a number of up to two digits chooses a demand; other text is a demand to record.
    func interpret(_ line: String, _ context: Context) -> Interpretation? {
        let number = Int(line.halfwidth).flatMap { (0..<100).contains($0) ? $0 : nil }
        if takesText {
            guard let number else { return .keys(Key.typing(anew: line) + [.enter]) }
            let count = call(context)?.demands.count ?? 0
            guard (1...max(1, count)).contains(number), count > 0 else {
                return .answer([
                    context(
                        Label(
                            "没有第 \(number) 条诉求：要记录就写成一句话", en: "there is no demand \(number): to record one, use words")
                    )
                ])
            }
            return .keys(Key.moving(by: number - 1 - (selectedDemand ?? count)))
        }
        guard let number else { return nil }
        guard call(context) == nil, selections.indices.contains(number - 1) else {
            return .noRow(number, of: call(context) == nil ? selections.count : 0, context)
        }
        return .keys(Key.moving(by: number - 1 - (place ?? -1)))
    }

    func spoken(_ context: Context) -> [String] {
        guard let call = call(context) else { return spokenCalls(context) }
        var lines = pictured(context)
        if takesText {
            // The picture's last numbered line is the field for the next demand.
            let next = call.demands.count + 1
            if let index = lines.lastIndex(where: { $0.hasPrefix("\(next) ") }) { lines.remove(at: index) }
            let typed = input.isEmpty ? "" : context(Label("；已输入：\(input.text)", en: "; typed: \(input.text)"))
            lines.append(
                context(Label("第 \(next) 条诉求：写下来，回车记录", en: "demand \(next): type it, Enter records it")) + typed)
        }
        if let selectedDemand, let index = lines.lastIndex(where: { $0.hasPrefix("\(selectedDemand + 1) ") }) {
            lines[index] += context(Label("（选中，回车处理）", en: " (selected: Enter settles it)"))
        } else if takesText, !call.demands.isEmpty {
            lines.append(context(Label("数字选一条诉求来处理", en: "a number chooses a demand to settle")))
        }
        return lines
    }

    /// The day's counts, then the calls from the selected one on, with their numbers.
    private func spokenCalls(_ context: Context) -> [String] {
        let calls = selections
        let selected = place
        let first = selected ?? 0
        let rows = (first..<min(first + spokenRows, calls.count)).compactMap { index -> String? in
            guard let call = context.estate.calls[calls[index].call] else { return nil }
            let mark = index == selected ? context(Label("（选中）", en: " (selected)")) : ""
            let state = call.isMissed ? call.state.label : call.direction.label
            let words =
                [context.clock(call.rang), context(state), call.words(in: context.estate)]
                + [call.demands.first?.text, call.purpose(for: context.member?.role)].compactMap { $0 }.prefix(1)
            return "\(index + 1)\(mark) \(words.joined(separator: context(Label("，", en: ", "))))"
        }
        let left = calls.count - first - rows.count
        let further =
            left > 0
            ? [context(Label("后面还有 \(left) 条，输入数字往下选", en: "\(left) more follow: a number goes on to one"))] : []
        return pictured(context).prefix(1) + rows + further
    }
}

extension CallLayer {
    /// A number chooses a demand.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return [.enter] }
        let count = context.estate.calls[id]?.demands.count ?? 0
        guard let number = Int(line.halfwidth), number > 0, number <= count else { return nil }
        return Key.moving(by: -count) + Key.moving(by: number - 1) + [.enter]
    }
}
