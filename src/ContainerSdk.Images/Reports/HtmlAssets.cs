namespace ContainerSdk.Images.Reports;

/// <summary>What the page is dressed in, and what makes its treemap answer. Both stand in the page itself, which asks nobody for anything.</summary>
internal static class HtmlAssets
{
    /// <summary>The style. Names on cells are left out by the cells' own size, so that they fit at any width of the page and at any depth of the treemap.</summary>
    public const string Style = """
        :root{--base:#a9c7e8;--base-soft:#d9e6f5;--base-line:#2f5d92;--own:#f6b978;--own-soft:#fce3c8;--own-line:#8f4a0e;--ink:#1d2530;--soft:#566173;--line:#d5dae1}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1230px;padding:20px 24px 60px;background:#fff;color:var(--ink);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        h1{font-size:24px;margin:0;overflow-wrap:anywhere}h2{font-size:18px;margin:34px 0 10px}h3{font-size:15px;margin:18px 0 6px}
        .ids{color:var(--soft);font-size:13px;margin:2px 0 0;overflow-wrap:anywhere}
        .cards{display:flex;flex-wrap:wrap;gap:12px;margin:18px 0}
        .card{border:1px solid var(--line);border-radius:8px;padding:10px 16px;min-width:150px}.card b{display:block;overflow-wrap:anywhere;font-size:24px;line-height:1.25}.card span{color:var(--soft);font-size:13px}
        .bar{display:flex;height:30px;border-radius:6px;overflow:hidden;border:1px solid var(--line)}
        .bar i{display:block;height:100%;min-width:4px;border-right:1px solid #fff}
        .legend{display:flex;flex-wrap:wrap;gap:4px 22px;margin:8px 0;padding:0;list-style:none;font-size:14px}
        .legend i{display:inline-block;width:14px;height:14px;border-radius:3px;vertical-align:-2px;margin-right:6px;border:1px solid #0003}
        .base{--fill:var(--base);--pale:var(--base-soft);--edge:var(--base-line)}.packages{--fill:#8fcdb9;--pale:#d6eee6;--edge:#1d6650}.own{--fill:var(--own);--pale:var(--own-soft);--edge:var(--own-line)}
        i.base{background:var(--base)}i.packages{background:var(--fill)}i.application{background:var(--own)}i.other{background:#fbdcb8}i.hidden{background:repeating-linear-gradient(45deg,#9aa3ae 0 4px,#e4e7eb 4px 8px)}
        #map{position:relative;height:640px;border:1px solid var(--line);border-radius:6px;overflow:hidden;background:#fff}
        .c{position:absolute;overflow:hidden;container-type:size;border:1px solid #fff;background:var(--pale);outline-offset:-3px;font-size:12px;line-height:16px}
        .c.l{border:1px solid var(--edge)}.c.f{background:var(--fill)}.c.d{box-shadow:inset 0 0 0 1px #0002}
        .c.r{background:repeating-linear-gradient(45deg,var(--pale) 0 5px,#fff 5px 10px)}
        .c.z{cursor:zoom-in}
        .c>span{position:absolute;inset:0 4px auto;height:18px;line-height:18px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        .c.f>span,.c.r>span{height:auto;max-height:100%;white-space:normal;overflow-wrap:anywhere;line-height:15px;inset:2px 3px auto;max-height:round(down,100cqh - 3px,15px)}
        .c>span b{font-weight:600}.c>span u{text-decoration:none;white-space:nowrap}.c.l>span b:first-child{color:var(--edge)}
        .k{position:absolute;inset:18px 2px 2px}
        .open{inset:0!important;width:100%!important;height:100%!important;border:0!important;box-shadow:none!important}.open>span{display:none}.open>.k{inset:0!important}.off{display:none}
        @container (max-width:44px){.c.f>span,.c.r>span{display:none}}
        @container (max-width:30px) or (max-height:17px){.c>span{display:none}.c>.k{inset:1px}}
        @container (max-width:10px) or (max-height:10px){.k{display:none}}
        @container (max-width:54px) or (max-height:34px){.c.f>span u,.c.r>span u{display:none}}
        .c.z:hover>span{text-decoration:underline}.c.f:hover{filter:brightness(1.06)}
        .c:focus{outline:none}.c:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid #111;box-shadow:inset 0 0 0 6px #ffe14d;z-index:1}
        #where{display:flex;flex-wrap:wrap;gap:2px 4px;align-items:center;margin:10px 0 6px;font-size:14px;min-height:30px}
        #where button{font:inherit;border:1px solid var(--line);background:#f4f6f9;border-radius:5px;padding:2px 9px;cursor:pointer;color:inherit;max-width:360px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        #where button[aria-current]{background:#fff;font-weight:600;cursor:default}
        #what{min-height:24px;margin:6px 0 0;color:var(--soft);font-size:14px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:5px 12px 5px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        th{color:var(--soft);font-weight:600;font-size:13px;overflow-wrap:normal}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;padding-right:18px}
        td.w{min-width:17em}table.slim{width:auto}table.slim td{padding-right:28px}
        .tag{display:inline-block;white-space:nowrap;border-radius:4px;padding:0 7px;background:var(--pale);border:1px solid var(--edge);color:var(--ink);font-size:12px}
        code{font:13px/1.4 ui-monospace,"SFMono-Regular",Menlo,Consolas,"DejaVu Sans Mono",monospace}
        .key{display:none;color:var(--soft);font-size:13px;margin:4px 0}.js .key{display:block}
        """;

    /// <summary>
    /// Zoom, breadcrumb and keys. A cell's share of its parent is in the area that it was drawn with, so that a folder that is zoomed into is cut into squares anew.
    /// </summary>
    public const string Script = """
        (()=>{
          const map=document.getElementById('map'),where=document.getElementById('where'),what=document.getElementById('what'),root=map.firstElementChild,share=new Map();
          let at=root;
          const kids=c=>c.lastElementChild&&c.lastElementChild.className==='k'?[...c.lastElementChild.children]:[];
          const up=c=>c===root?null:c.parentElement.parentElement;
          const label=c=>c.getAttribute('aria-label');
          for(const c of map.querySelectorAll('.c'))share.set(c,parseFloat(c.style.width)*parseFloat(c.style.height));
          function cut(cells,w,h){
            let x=0,y=0,rw=w,rh=h,i=0;
            const scale=w*h/cells.reduce((sum,c)=>sum+share.get(c),0),size=n=>share.get(cells[n])*scale,out=[];
            const worst=(a,b,sum,side)=>Math.max(side*side*a/(sum*sum),sum*sum/(side*side*b));
            while(i<cells.length){
              const side=Math.max(Math.min(rw,rh),1e-9);
              let sum=size(i),end=i+1;
              while(end<cells.length&&worst(size(i),size(end),sum+size(end),side)<=worst(size(i),size(end-1),sum,side))sum+=size(end++);
              const wide=rw>=rh,depth=end===cells.length?(wide?rw:rh):sum/side;
              for(let t=0;i<end;i++){const e=side*size(i)/sum;out.push(wide?[x,y+t,depth,e]:[x+t,y,e,depth]);t+=e}
              if(wide){x+=depth;rw-=depth}else{y+=depth;rh-=depth}
            }
            return out;
          }
          function lay(c,w,h){
            const cells=kids(c);
            if(!cells.length)return;
            cut(cells,w,h).forEach(([x,y,cw,ch],n)=>{
              const s=cells[n].style;
              s.left=100*x/w+'%';s.top=100*y/h+'%';s.width=100*cw/w+'%';s.height=100*ch/h+'%';
              lay(cells[n],Math.max(1,cw-6),Math.max(1,ch-22));
            });
          }
          function show(c,focus){
            at=c;
            for(const o of map.querySelectorAll('.open,.off,[tabindex="0"]')){o.classList.remove('open','off');o.tabIndex=-1}
            const path=[];
            for(let o=c;o;o=up(o)){
              o.classList.add('open');path.unshift(o);
              if(o!==root)for(const other of o.parentElement.children)if(other!==o)other.classList.add('off');
            }
            for(const o of kids(c))o.tabIndex=0;
            lay(c,map.clientWidth,map.clientHeight);
            where.replaceChildren(...path.flatMap((o,n)=>{
              const b=document.createElement('button');
              b.type='button';b.textContent=o.firstElementChild.firstChild.textContent;b.title=label(o);
              if(o===c)b.setAttribute('aria-current','location');else b.onclick=()=>show(o,path[n+1]);
              return n?[document.createTextNode('›'),b]:[b];
            }));
            what.textContent=label(c);
            if(focus)focus.focus();
          }
          const cell=e=>e.target.closest('.c');
          map.addEventListener('click',e=>{
            let c=cell(e);
            while(c&&c!==at&&!kids(c).length)c=up(c);
            if(c&&c!==at)show(c,kids(c)[0]);
          });
          map.addEventListener('keydown',e=>{
            const c=cell(e);
            if(!c)return;
            const all=c===root?[]:[...c.parentElement.children],go=o=>{if(o){o.focus();e.preventDefault()}};
            if(e.key==='Enter'||e.key===' '){if(kids(c).length&&c!==at)show(c,kids(c)[0]);e.preventDefault()}
            else if(e.key==='ArrowRight')go(all[all.indexOf(c)+1]);
            else if(e.key==='ArrowLeft')go(all[all.indexOf(c)-1]);
            else if(e.key==='ArrowDown')go(kids(c)[0]);
            else if(e.key==='ArrowUp'){const p=up(c);if(p&&p!==at)go(p)}
          });
          document.addEventListener('keydown',e=>{if(e.key==='Escape'&&at!==root){const left=at;show(up(at),left)}});
          for(const kind of ['mouseover','focusin'])map.addEventListener(kind,e=>{const c=cell(e);if(c)what.textContent=label(c)});
          map.addEventListener('mouseleave',()=>{what.textContent=label(at)});
          addEventListener('resize',()=>lay(at,map.clientWidth,map.clientHeight));
          document.documentElement.classList.add('js');
          show(root);
        })();
        """;
}
