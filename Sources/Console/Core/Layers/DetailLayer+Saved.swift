import Estate
import Screen

extension DetailLayer {
    /// The path of a document that was written for printing.
    init(saved document: Document, at path: String, _ context: Context) {
        let count = document.sheets.count
        self.init(
            title: Line(document.title, .title),
            lines: [
                Line(context(Label("已写好 \(count) 张：", en: "\(count) sheets are written:")), .text), Line(path, .strong),
                Line([]),
                Line(
                    context(
                        Label(
                            "用浏览器打开，按 A4 打印。只有本机的这个用户可读。",
                            en: "Open it in a browser and print it on A4. Only you can read it.")),
                    .muted),
            ])
    }
}
