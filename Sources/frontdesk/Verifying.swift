import Estate
import Journal

extension Verification {
    /// What was checked and what is wrong, for people.
    func lines(_ language: Language) -> [String] {
        var out = [
            Label("已核对 \(lines) 行，\(bytes) 字节", en: "checked \(lines) lines, \(bytes) bytes")[language]
        ]
        out += setAsides.map { $0.label[language] }
        if newerLines > 0 {
            out.append(
                Label("\(newerLines) 行来自更新的版本，已保留", en: "\(newerLines) lines of a newer version were kept")[language])
        }
        out += damages.map { $0.label[language] }
        if let mirrorFailure {
            let what = "\(mirrorFailure.path)：\(mirrorFailure.reason)"
            out.append(Label("镜像读不到：\(what)", en: "the mirror cannot be read: \(what)")[language])
        }
        out.append(
            damages.isEmpty
                ? Label("完好", en: "intact")[language]
                : Label("损坏 \(damages.count) 处", en: "\(damages.count) damages")[language])
        return out
    }

    var json: String {
        var json = JSONWriter()
        json.openObject()
        json.key("lines")
        json.integer(lines)
        json.key("bytes")
        json.integer(bytes)
        json.key("intact")
        json.bool(damages.isEmpty)
        json.key("damages")
        json.openArray()
        for damage in damages {
            json.openObject()
            json.key("kind")
            json.string(damage.kind.rawValue)
            json.key("node")
            json.string(damage.node)
            json.key("copy")
            json.string(damage.copy.rawValue)
            json.key("segment")
            json.string(damage.segment)
            json.key("offset")
            json.integer(damage.offset)
            if let sequences = damage.sequences {
                json.key("from")
                json.integer(sequences.lowerBound)
                json.key("to")
                json.integer(sequences.upperBound)
            }
            json.closeObject()
        }
        json.closeArray()
        json.key("setAside")
        json.openArray()
        for aside in setAsides {
            json.openObject()
            json.key("node")
            json.string(aside.node)
            json.key("segment")
            json.string(aside.segment)
            json.key("offset")
            json.integer(aside.offset)
            json.key("bytes")
            json.integer(aside.bytes)
            json.closeObject()
        }
        json.closeArray()
        json.key("newer")
        json.integer(newerLines)
        json.closeObject()
        return json.text
    }
}
