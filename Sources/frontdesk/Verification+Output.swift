import Estate
import Journal

extension Verification {
    /// The result as lines of text, and the next steps in `folder`. `unreadable`: the sealed particulars that cannot be
    /// opened and have not ended. `isRepaired`: a repair was just done.
    func lines(
        _ unreadable: [UnreadableParticulars], in folder: String, isRepaired: Bool, _ language: Language
    ) -> [String] {
        var out = [
            Label("已核对 \(lines) 行，\(bytes) 字节", en: "checked \(lines) lines, \(bytes) bytes")[language]
        ]
        out += setAsides.map { $0.label[language] }
        if newerLines > 0 {
            out.append(
                Label("\(newerLines) 行来自更新的版本，已保留", en: "\(newerLines) lines of a newer version were kept")[language])
        }
        out += strangers.map { Journal.label(ofStranger: $0)[language] }
        out += nodeFailures.map { Journal.label(of: $0.failure, reading: $0.node)[language] }
        out += damages.map { $0.label[language] }
        out += seals.map { $0.seal.label(fits: $0.fits)[language] }
        if isCopy {
            out.append(
                Label("这是复制的文件夹，未看原镜像", en: "the folder is a copy; its original's mirror was left alone")[language])
        }
        out += unreadable.map { $0.label[language] }
        if !damages.isEmpty {
            out.append(Label("损坏 \(damages.count) 处", en: "\(damages.count) damages")[language])
        } else if unreadable.isEmpty, nodeFailures.isEmpty {
            out.append(Label("完好", en: "intact")[language])
        }
        return out + advice(in: folder, isRepaired: isRepaired).map { $0.label[language] }
    }

    func json(_ unreadable: [UnreadableParticulars]) -> String {
        JSONWriter.object { json in
            json.member("lines", lines)
            json.member("bytes", bytes)
            json.member("intact", damages.isEmpty && unreadable.isEmpty && nodeFailures.isEmpty)
            json.member("damages", damages) { json, damage in
                json.member("kind", damage.kind.rawValue)
                json.member("node", damage.node)
                json.member("copy", damage.copy.rawValue)
                json.member("segment", damage.segment)
                json.member("offset", damage.offset)
                if let sequences = damage.sequences {
                    json.member("from", sequences.lowerBound)
                    json.member("to", sequences.upperBound)
                }
            }
            json.member("setAside", setAsides) { json, range in
                json.member("node", range.node)
                json.member("segment", range.segment)
                json.member("offset", range.offset)
                json.member("bytes", range.bytes)
            }
            json.member("newer", newerLines)
            json.member("ignored", strangers)
            json.member("unread", nodeFailures) { json, failed in
                json.member("node", failed.node)
                json.member("path", failed.failure.path)
                json.member("reason", failed.failure.reason)
            }
            if !seals.isEmpty {
                json.member("against", seals) { json, checked in
                    json.member("code", checked.seal.text)
                    json.member("fits", checked.fits)
                }
            }
            if isCopy { json.member("copy", true) }
            json.member("unreadable", unreadable) { json, lost in
                json.member("class", lost.key.place.kind)
                json.member("period", lost.key.place.month)
                json.member("node", lost.key.place.node)
                json.member("records", lost.records)
            }
        }
    }
}

extension UnreadableParticulars {
    var label: Label {
        let place = key.place
        return Label(
            "个人信息读不出 \(records) 条（\(place.kind) \(place.month) \(place.node)）：密钥缺失或损坏，又没有删除的记录；请从备份恢复 keys 文件夹",
            en:
                "the particulars of \(records) records cannot be read (\(place.kind) \(place.month) \(place.node)): their key is missing or damaged, and nothing says that they ended; restore the folder keys from a backup"
        )
    }
}
